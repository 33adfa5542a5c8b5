// A wrong server for stage 3: what is wrong? Check 3.4 finds it.

import Engine

final class PassesEmptyTexts: Chat {
    override func heard(_ text: String, _ socket: Socket) {
        if stage == 3 { print("message: \(text)") } else { io.emit("chat message", text) }
    }
}
