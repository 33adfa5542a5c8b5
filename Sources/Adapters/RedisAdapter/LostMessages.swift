// Tells how many messages to other servers were lost: one line, not one for each.
// In: answers of Redis. Out: lines in the log. Next: PubSub/PubSubCarrier.swift.

import EngineSockets
import RedisClient
import RESPWire

/// Counts what did not reach Redis.
final class LostMessages {
    /// While Redis refuses everything, one line in so many milliseconds.
    private static let pause = 60_000

    private let address: String
    private var count = 0
    private var reason = ""
    private var isScheduled = false
    private var lastLine: Int?

    init(_ address: String) { self.address = address }

    /// Redis has answered a message, or could not be told of it.
    func heard(_ result: Result<RESPValue, RedisError>, counts: Bool = true) {
        switch result {
        case .success(let value):
            guard let error = value.error else { return }
            add("Redis refuses them: \(error)")
        case .failure(let error):
            // A question that was not asked fails where it was asked.
            if counts { add("\(error)") }
        }
    }

    private func add(_ reason: String) {
        count += 1
        self.reason = reason
        guard !isScheduled else { return }
        isScheduled = true
        EventLoop.shared.after(1_000) { [self] in
            isScheduled = false
            report()
        }
    }

    /// Tells what was lost until now.
    func report() {
        guard count > 0 else { return }
        if let lastLine, EventLoop.shared.now &- lastLine < Self.pause { return }
        lastLine = EventLoop.shared.now
        let messages = count == 1 ? "a message" : "\(count) messages"
        tell("\(messages) to other servers did not reach Redis at \(address): \(reason)")
        count = 0
    }

    func tell(_ line: String) { Log.write(line) }
}
