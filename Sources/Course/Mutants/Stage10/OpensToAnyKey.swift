// A wrong server for stage 10: what is wrong? Check 10.8 finds it.

import Engine

final class OpensToAnyKey: RoomsChat {
    override func isAllowed(_ key: String) -> Bool { true }
}
