// A wrong server for stage 10: what is wrong? Check 10.1 finds it.

import Engine

final class JoinsInSilence: RoomsChat {
    override func tellArrival(_ channel: String) {}
}
