// A wrong server for stage 9: what is wrong? Check 9.13 finds it.

import Engine

final class CountsNoTries: SignInChat {
    override func mayTry(_ name: String) -> Bool { true }
}
