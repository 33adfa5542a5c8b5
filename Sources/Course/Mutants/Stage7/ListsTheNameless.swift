// A wrong server for stage 7: what is wrong? Check 7.7 finds it.

import Engine

/// A socket without a name breaks the list for all.
final class ListsTheNameless: Chat {
    override func online() -> [String] {
        super.online() + io.sockets.sockets.keys.filter { nicknames[$0] == nil }.map { _ in "" }
    }
}
