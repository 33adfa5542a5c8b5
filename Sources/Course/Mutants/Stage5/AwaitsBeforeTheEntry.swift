// A wrong server for stage 5: what is wrong? Check 5.17 finds it.

import Engine

/// The name race: between the question and the entry there is an await.
final class AwaitsBeforeTheEntry: Chat {
    override func listen(_ socket: Socket) {
        super.listen(socket)
        socket.off("set nickname")
        socket.on("set nickname") { [self] (input: String) async throws -> Reply in
            if isTaken(cleaned(input), by: socket) { return .refusal("taken") }
            try await Task.sleep(for: .milliseconds(2))
            if let problem = problem(withName: cleaned(input)) { return .refusal(problem) }
            if nicknames[socket.id] != cleaned(input) { rename(socket, to: cleaned(input)) }
            return Reply(nickname: cleaned(input))
        }
    }
}
