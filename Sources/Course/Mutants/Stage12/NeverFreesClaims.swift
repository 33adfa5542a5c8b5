// A wrong server for stage 12: what is wrong? Check 12.3 finds it.

import Engine

final class NeverFreesClaims: GroupChat {
    override func left(_ key: String, _ socket: Socket) {}
}
