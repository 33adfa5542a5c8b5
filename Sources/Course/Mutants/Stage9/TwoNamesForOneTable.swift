// A wrong server for stage 9: what is wrong? Check 9.10 finds it.

import Engine

/// As in a study note: one table is written, the other is read.
final class TwoNamesForOneTable: SignInChat {
    private var mySockets: [String: Set<Socket.ID>] = [:]
    override func addressee(_ name: String) -> Set<Socket.ID>? { mySockets[name] }
}
