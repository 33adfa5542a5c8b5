// The options of a connection to Redis, each with its reason, the states that it can be in, and the
// errors that a program can meet. Next: Redis.swift.

/// The options of a connection to Redis. Times are in milliseconds.
public nonisolated struct RedisOptions: Sendable {
    /// The name that `CLIENT LIST` shows for the connection; nil: none.
    public var clientName: String?
    /// An attempt to connect, greeting included, may take so long.
    public var connectTimeout = 10_000
    /// An answer may take so long; then the connection counts as dead, and a new one is made.
    /// A network that drops everything silently is noticed by this.
    public var answerTimeout = 5_000
    /// When nothing was heard for so long, Redis is asked for a sign of life.
    public var pingInterval = 15_000
    /// Before the first attempt to reconnect; it doubles with each further one.
    public var reconnectionDelay = 100
    /// Before an attempt at most.
    public var reconnectionDelayMax = 5_000
    /// The random part of each delay: with 0.5 it is between 0.5 and 1.5 times as long. Without
    /// it, all servers would come back to a restarted Redis at the same moment.
    public var randomizationFactor = 0.5
    /// So many commands wait while there is no connection; a further one fails at once.
    public var waitingCommands = 10_000
    /// So many bytes of commands wait while there is no connection; a further one fails at once.
    public var waitingBytes = 16_777_216
    /// A command waits so long for a connection; then it fails.
    public var waitingTimeout = 10_000
    /// Whether a line in the log tells that Redis is away. Where a program has two connections, one
    /// of them is enough.
    public var logsOutages = true
    /// Whether version 3 of the protocol is asked for. Servers before Redis 6 do not know it; then
    /// version 2 is spoken, with a second connection for subscriptions.
    public var usesRESP3 = true

    /// The defaults.
    public init() {}
}

/// How a connection to Redis is.
public nonisolated enum RedisState: Equatable, Sendable, CustomStringConvertible {
    /// `connect` was not called.
    case idle
    /// An attempt to connect is under way: the number of attempts since the last connection.
    case connecting(attempt: Int)
    /// Commands are sent, and all subscriptions are in force.
    case ready
    /// There is no connection: why, and in how many milliseconds the next attempt is made.
    case away(reason: String, retryIn: Int)
    /// `close` was called. It does not come back.
    case closed

    /// The state as a sentence's part: "away (…), next attempt in 200 ms".
    public var description: String {
        switch self {
        case .idle: "idle"
        case .connecting(let attempt): "connecting, attempt \(attempt)"
        case .ready: "ready"
        case .away(let reason, let delay): "away (\(reason)), next attempt in \(delay) ms"
        case .closed: "closed"
        }
    }
}

/// Why Redis did not do what it was asked.
public nonisolated enum RedisError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The URL cannot be used: the URL without its password, and what is wrong with it.
    case invalidURL(String, String)
    /// Redis has answered with an error: the command's name, and Redis's own text.
    case refused(command: String, message: String)
    /// The command was never sent: there was no connection, and why.
    case notSent(command: String, reason: String)
    /// The command was sent and the connection ended before the answer: it may have been done, or
    /// not. It is not sent again.
    case lost(command: String, reason: String)
    /// The answer has another form than the command's answers have.
    case unexpected(command: String, answer: String)

    /// The error in words.
    public var description: String {
        switch self {
        case .invalidURL(let url, let reason): "\"\(url)\" can't be connected to: \(reason)"
        case .refused(let command, let message): "Redis refuses \(command): \(message)"
        case .notSent(let command, let reason): "\(command) was not sent to Redis: \(reason)"
        case .lost(let command, let reason):
            "\(command) was sent to Redis and not answered (\(reason)): it may have been done"
        case .unexpected(let command, let answer):
            "Redis answered \(command) with \(answer), which is no answer to it"
        }
    }
}
