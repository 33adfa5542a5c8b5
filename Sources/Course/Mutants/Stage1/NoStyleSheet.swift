// A wrong server for stage 1: what is wrong? Check 1.3 finds it.

import Engine

final class NoStyleSheet: Chat {
    override func start() { app.get("/chat.css") { _ in .status(.notFound) } }
}
