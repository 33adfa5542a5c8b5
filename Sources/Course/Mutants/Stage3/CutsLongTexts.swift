// A wrong server for stage 3: what is wrong? Check 3.3 finds it.

import Engine

final class CutsLongTexts: Chat {
    override func heard(_ text: String, _ socket: Socket) {
        super.heard(String(text.prefix(60_000)), socket)
    }
}
