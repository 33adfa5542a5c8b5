// A wrong server for stage 7: what is wrong? Check 7.7 finds it.

import Engine

/// One who has no name breaks the list for everybody.
final class ListsTheNameless: Chat {
    override func online() -> [String] {
        super.online() + io.sockets.sockets.keys.filter { nicknames[$0] == nil }.map { _ in "" }
    }
}
