// A wrong server for stage 6: what is wrong? Check 6.3 finds it.

import Engine
import Foundation

final class SendsTheMessageFirst: Chat {
    override func say(_ input: String, _ socket: Socket) -> Reply {
        guard let from = nicknames[socket.id] else { return .refusal("no nickname") }
        let text = input.trimmingCharacters(in: .whitespacesAndNewlines)
        if let problem = problem(text, atMost: 2_000, bytes: 65_536) { return .refusal(problem) }
        deliver(Message(from: from, text: text), socket)
        setTyping(false, socket)
        return Reply()
    }
}
