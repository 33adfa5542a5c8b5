// A wrong server for stage 8: what is wrong? Check 8.7 finds it.

import Engine

final class PrintsSecrets: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        print("private message: \(letter.text)")
        return super.whisper(letter, socket)
    }
}
