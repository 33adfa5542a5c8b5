// A wrong server for stage 9: what is wrong? Check 9.12 finds it.

import Engine

final class TellsWhichNamesExist: SignInChat {
    override func unknown() throws -> Response { try .json(BonusReply.refusal("unknown"), 404) }
}
