// My chat. TUTORIAL.md leads through it, and `swift run grade` says how far it is.

import Engine

let app = App()

app.get("/") { _ in
    .text("It works!")
}

app.run()
