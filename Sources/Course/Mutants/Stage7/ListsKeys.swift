// A wrong server for stage 7: what is wrong? Check 7.6 finds it.

import Engine

final class ListsKeys: Chat {
    override func online() -> [String] { nicknames.values.map(key).sorted() }
}
