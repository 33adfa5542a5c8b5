// A wrong server for stage 5: what is wrong? Check 5.5 finds it.

import Engine

final class ComparesLetterByLetter: Chat {
    override func key(_ name: String) -> String { cleaned(name) }
}
