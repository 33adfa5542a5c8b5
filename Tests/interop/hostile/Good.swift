// Does nothing wrong, and is stage 1.

import Engine

let app = App(pages: "mychat")
app.run()
