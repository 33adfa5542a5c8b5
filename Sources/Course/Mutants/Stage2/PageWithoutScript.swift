// A wrong server for stage 2: what is wrong? Check 2.1 finds it.

import Engine

final class PageWithoutScript: Chat {
    override func start() {
        super.start()
        app.get("/") { _ in .html("<!DOCTYPE html><title>x</title>") }
    }
}
