// A wrong server for stage 5: what is wrong? Check 5.14 finds it.

import Engine

final class LetsControlCharactersIn: Chat {
    override func isInvalid(_ name: String) -> Bool { false }
}
