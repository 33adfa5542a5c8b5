// A wrong server for stage 12: what is wrong? Check 12.1 finds it.

import Engine

final class SaysNothingAboutRedis: GroupChat {
    override var withoutRedis: String { "ready" }
}
