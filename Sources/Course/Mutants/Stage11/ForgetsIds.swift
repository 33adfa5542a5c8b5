// A wrong server for stage 11: what is wrong? Check 11.5 finds it.

import Engine

final class ForgetsIds: JournalChat {
    override func recall(_ entry: Entry) { entries.append(entry) }
}
