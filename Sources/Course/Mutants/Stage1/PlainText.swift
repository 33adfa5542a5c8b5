// A wrong server for stage 1: what is wrong? Check 1.2 finds it.

import Engine

final class PlainText: Chat {
    override func start() { app.get("/") { _ in .text("<!DOCTYPE html><title>x</title>") } }
}
