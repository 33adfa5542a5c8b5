// A wrong server for stage 11: what is wrong? Check 11.4 finds it.

import Engine

final class KeepsItInMemory: JournalChat {
    override func load() {}
}
