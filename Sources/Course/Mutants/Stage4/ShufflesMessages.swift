// A wrong server for stage 4: what is wrong? Check 4.8 finds it.

import Engine

/// Each message has a task of its own, and some take longer.
final class ShufflesMessages: Chat {
    override func heard(_ text: String, _ socket: Socket) {
        Task {
            if text.hasSuffix("0") { try await Task.sleep(for: .milliseconds(20)) }
            super.heard(text, socket)
        }
    }
}
