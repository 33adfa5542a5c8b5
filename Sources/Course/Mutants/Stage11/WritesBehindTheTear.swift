// A wrong server for stage 11: what is wrong? Check 11.7 finds it.

import Engine

final class WritesBehindTheTear: JournalChat {
    override func repair(at end: Int) {}
}
