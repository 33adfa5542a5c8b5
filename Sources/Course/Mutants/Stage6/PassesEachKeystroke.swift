// A wrong server for stage 6: what is wrong? Check 6.2 finds it.

import Engine

final class PassesEachKeystroke: Chat {
    override func setTyping(_ isTyping: Bool, _ socket: Socket) {
        guard let name = nicknames[socket.id] else { return }
        let clock = typing.removeValue(forKey: socket.id)
        clock?.cancel()
        guard isTyping || clock != nil else { return }
        if isTyping { typing[socket.id] = forgetLater(socket) }
        socket.broadcast.emit("typing", Typing(nickname: name, isTyping: isTyping))
    }
}
