// A wrong server for stage 5: what is wrong? Check 5.20 finds it.

import Engine

final class ForgetsToCountBytes: Chat {
    override var nameLimit: Int { .max }
}
