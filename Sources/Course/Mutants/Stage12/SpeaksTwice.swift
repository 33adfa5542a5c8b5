// A wrong server for stage 12: what is wrong? Check 12.2 finds it.

import Engine

final class SpeaksTwice: GroupChat {
    override func deliver(_ message: Message) {
        super.deliver(message)
        io.local.emit("chat message", message)
    }
}
