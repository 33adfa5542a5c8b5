// A wrong server for stage 6: what is wrong? Check 6.5 finds it.

import Engine

final class RefreshDoesNotCount: Chat {
    override func setTyping(_ isTyping: Bool, _ socket: Socket) {
        if isTyping, typing[socket.id] != nil { return }
        super.setTyping(isTyping, socket)
    }
}
