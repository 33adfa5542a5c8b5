// A wrong server for stage 6: what is wrong? Check 6.6 finds it.

import Engine

final class TheNamelessType: Chat {
    override func setTyping(_ isTyping: Bool, _ socket: Socket) {
        if isTyping, nicknames[socket.id] == nil {
            socket.broadcast.emit("typing", Typing(nickname: "undefined", isTyping: isTyping))
        }
        super.setTyping(isTyping, socket)
    }
}
