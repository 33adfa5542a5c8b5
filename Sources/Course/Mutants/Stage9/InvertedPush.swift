// A wrong server for stage 9: what is wrong? Check 9.10 finds it.

import Engine

/// As in a study note: the test stands the wrong way round.
final class InvertedPush: SignInChat {
    override func addressee(_ name: String) -> Set<Socket.ID>? {
        sockets[name] == nil ? [] : nil
    }
}
