// A wrong server for stage 3: what is wrong? Check 3.5 finds it.

import Engine

final class TakesAnything: Chat {
    override func listen(_ socket: Socket) {
        socket.on("chat message") { [self] (value: JSON) in
            if let text = value.string { return heard(text, socket) }
            if stage == 3 { print("message: \(value)") } else { io.emit("chat message", value) }
        }
    }
}
