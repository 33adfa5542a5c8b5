// A command, or several in one piece, on the way to Redis; and those that wait for a connection.
// In: encoded commands. Out: answers in order, or one error. Next: RedisConnection.swift.

import RESPWire

/// What is sent in one piece, and who wants the answers. `done` is called once.
struct RedisRequest {
    /// What tells that it was done.
    enum Expectation {
        /// So many answers.
        case answers(Int)
        /// A push message that repeats the command's name and argument.
        case confirmation
    }

    /// For messages about it.
    let name: String
    let bytes: [UInt8]
    let expectation: Expectation
    /// Milliseconds from the moment when its turn has come; nil: the option's.
    let answerTimeout: Int?
    let done: (Result<[RESPValue], RedisError>) -> Void

    func fail(notSent reason: String) {
        done(.failure(.notSent(command: name, reason: reason)))
    }

    func fail(lost reason: String) { done(.failure(.lost(command: name, reason: reason))) }
}

/// Requests that wait for a connection: so many, so large, and so long at most.
struct RedisQueue {
    private var entries: [(deadline: Int, request: RedisRequest)] = []
    private var byteCount = 0

    var isEmpty: Bool { entries.isEmpty }

    /// When the first of them has waited long enough.
    var nextDeadline: Int? { entries.first?.deadline }

    /// Adds a request; if there is no room, it fails at once.
    mutating func add(
        _ request: RedisRequest, at now: Int, _ options: RedisOptions, _ reason: String
    ) {
        guard entries.count < options.waitingCommands else {
            let limit = "\(options.waitingCommands) commands wait already"
            return request.fail(notSent: "\(reason), and \(limit) (option waitingCommands)")
        }
        guard byteCount + request.bytes.count <= options.waitingBytes else {
            let limit = "more than \(options.waitingBytes) bytes would wait"
            return request.fail(notSent: "\(reason), and \(limit) (option waitingBytes)")
        }
        byteCount += request.bytes.count
        entries.append((now + options.waitingTimeout, request))
    }

    /// Takes out those that have waited long enough.
    mutating func takeExpired(at now: Int) -> [RedisRequest] {
        let count = entries.prefix { $0.deadline <= now }.count
        return take(count)
    }

    /// Takes out all, in order.
    mutating func takeAll() -> [RedisRequest] { take(entries.count) }

    private mutating func take(_ count: Int) -> [RedisRequest] {
        let taken = entries.prefix(count).map(\.request)
        entries.removeFirst(count)
        byteCount -= taken.reduce(0) { $0 + $1.bytes.count }
        return taken
    }
}
