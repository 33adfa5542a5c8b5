// A wrong server for stage 11: what is wrong? Check 11.3 finds it.

import Engine

final class StoresTwice: JournalChat {
    override func known(_ from: String, _ id: String) -> Int? { nil }
}
