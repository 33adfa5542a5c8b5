// A wrong server for stage 7: what is wrong? Check 7.4 finds it.

import Engine

final class SortsCapitalsFirst: Chat {
    override func online() -> [String] { nicknames.values.sorted() }
}
