// A wrong server for stage 12: what is wrong? Check 12.4 finds it.

import Engine

final class ListsItsOwn: GroupChat {
    override func names() async -> Set<String> {
        Set(io.sockets.sockets.values.map { name(of: $0) })
    }
}
