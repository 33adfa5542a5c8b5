// Listens, and hangs at the first request.

import Engine

let app = App()
app.get("/") { _ in
    while true {}
}
app.run()
