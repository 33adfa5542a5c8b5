// A wrong server for stage 6: what is wrong? Check 6.8 finds it.

import Engine

final class RefusalEndsTyping: Chat {
    override func say(_ input: String, _ socket: Socket) -> Reply {
        setTyping(false, socket)
        return super.say(input, socket)
    }
}
