// Says that it listens where another program does.

import Engine

print("listening on http://localhost:PORT")
let app = App(pages: "mychat")
app.run()
