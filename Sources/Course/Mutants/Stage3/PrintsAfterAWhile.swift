// A wrong server for stage 3: what is wrong? Check 3.2 finds it.

import Engine

final class PrintsAfterAWhile: Chat {
    override func listen(_ socket: Socket) {
        socket.on("chat message") { (text: String) async throws in
            try await Task.sleep(for: .milliseconds(text.hashValue & 15))
            if !text.isEmpty { print("message: \(text)") }
        }
    }
}
