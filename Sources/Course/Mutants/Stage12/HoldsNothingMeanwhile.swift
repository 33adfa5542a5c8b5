// A wrong server for stage 12: what is wrong? Check 12.6 finds it.

import Engine

final class HoldsNothingMeanwhile: GroupChat {
    override func hold(_ key: String, _ ticket: String) {}
    override func isHeld(_ key: String, _ ticket: String) -> Bool { true }
}
