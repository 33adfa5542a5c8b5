// A wrong server for stage 3: what is wrong? Check 3.1 finds it.

import Engine

final class PrintsQuotes: Chat {
    override func heard(_ text: String, _ socket: Socket) {
        if !text.isEmpty { print("message: \"\(text)\"") }
    }
}
