// A wrong server for stage 1: what is wrong? Check 1.1 finds it.

import Engine

final class NoDoctype: Chat {
    override func start() { app.get("/") { _ in .html("<h1>Hello world</h1>") } }
}
