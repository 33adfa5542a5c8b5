// A wrong server for stage 8: what is wrong? Check 8.7 finds it.

import Engine

final class WhisperingEndsTyping: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        setTyping(false, socket)
        return super.whisper(letter, socket)
    }
}
