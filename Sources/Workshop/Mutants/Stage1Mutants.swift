// Wrong servers for stage 1. What is wrong with each is its name; main.swift says which check
// catches it.

import Engine
import Foundation

private let page =
    "<!DOCTYPE html><title>x</title><script src=\"/socket.io/socket.io.js\"></script>io()"

final class NoStyleSheet: Chat {
    override func start() { app.get("/chat.css") { _ in .status(.notFound) } }
}

final class PlainText: Chat {
    override func start() { app.get("/") { _ in .text(page) } }
}

final class NoDoctype: Chat {
    override func start() { app.get("/") { _ in .html("<h1>Hello world</h1>") } }
}

final class PostIsAPage: Chat {
    override func start() { app.post("/") { _ in .html(page) } }
}
