// A wrong server for stage 11: what is wrong? Check 11.2 finds it.

import Engine

final class TellsAllOfIt: JournalChat {
    override func history(for socket: Socket) -> ArraySlice<Entry> { entries[...] }
}
