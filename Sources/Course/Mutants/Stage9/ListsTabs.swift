// A wrong server for stage 9: what is wrong? Check 9.6 finds it.

import Engine

final class ListsTabs: SignInChat {
    override func names() -> [String] {
        sockets.flatMap { user, ids in ids.map { _ in user } }.sorted()
    }
}
