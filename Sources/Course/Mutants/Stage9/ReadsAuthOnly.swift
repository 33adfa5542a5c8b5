// A wrong server for stage 9: what is wrong? Check 9.2 finds it.

import Engine

final class ReadsAuthOnly: SignInChat {
    override func token(of handshake: Handshake) -> String {
        handshake.auth["token"]?.string ?? ""
    }
}
