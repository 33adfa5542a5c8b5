// A wrong server for stage 12: what is wrong? Check 12.5 finds it.

import Engine

/// A server that was killed says nothing, and no one asks.
final class WaitsForGoodbyes: GroupChat {
    override func keepFresh() async {}
}
