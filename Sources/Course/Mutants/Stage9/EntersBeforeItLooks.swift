// A wrong server for stage 9: what is wrong? Check 9.9 finds it.

import Engine

/// The table knows a socket before the token was looked at; who is refused never leaves it.
final class EntersBeforeItLooks: SignInChat {
    override func ask(_ socket: Socket) throws {
        let token = token(of: socket.handshake)
        if let claims: Claims = try? signer?.verify(token, at: 0) {
            enter(socket, claims.username)
        }
        try super.ask(socket)
    }
}
