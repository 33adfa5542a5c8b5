// A wrong server for stage 9: what is wrong? Check 9.14 finds it.

import Engine

final class ForgetsUsers: SignInChat {
    override func load() {}
}
