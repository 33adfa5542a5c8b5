// A wrong server for stage 9: what is wrong? Check 9.15 finds it.

import Engine

final class LooksBeforeTheAwait: SignInChat {
    override func isFree(_ name: String, before: Bool) -> Bool { before }
}
