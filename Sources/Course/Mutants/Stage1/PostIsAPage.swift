// A wrong server for stage 1: what is wrong? Check 1.6 finds it.

import Engine

final class PostIsAPage: Chat {
    override func start() { app.post("/") { _ in .html("<!DOCTYPE html><title>x</title>") } }
}
