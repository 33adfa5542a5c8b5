// A wrong server for stage 12: what is wrong? Check 12.7 finds it.

import Engine
import RedisAdapter

final class HasNoStream: GroupChat {
    override var options: RedisAdapterOptions { RedisAdapterOptions() }
}
