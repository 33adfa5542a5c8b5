// A wrong server for stage 10: what is wrong? Check 10.10 finds it.

import Engine

final class TakesNamesAsRooms: RoomsChat {
    override func room(_ channel: String) -> String { channel }
}
