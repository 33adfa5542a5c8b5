// A connection to Redis that comes back when it is lost. What cannot be sent meanwhile waits within
// bounds or fails with a reason; subscriptions are renewed; nothing is sent twice.
// In: commands, subscriptions. Out: answers, messages, and a state that a program can watch.
// Next: RedisSending.swift, RedisConnection.swift below.

import EngineSockets
import RESPWire

/// A connection to Redis that comes back when it is lost: `try Redis("redis://localhost:6379")`.
///
/// Commands are answered in order, so that one which blocks (XREAD BLOCK) keeps all others waiting:
/// give it a `Redis` of its own. A command that was sent when the connection broke fails with
/// `RedisError.lost`, since it may have been done; one that was not sent waits for the next
/// connection, within the bounds of the options. It lives until `close` is called.
package final class Redis: RedisConnectionDelegate {
    static let closedReason = "the connection was closed by this program"

    /// How the connection is. `.ready` comes when the subscriptions are renewed.
    package private(set) var state: RedisState = .idle
    /// Where Redis is, without user and password: for log lines.
    package var address: String { server.shown }

    let server: RedisURL
    let options: RedisOptions
    let timing: RedisTiming
    let subscriptions = RedisSubscriptions()
    /// Carries commands; open, or being opened.
    private(set) var connection: RedisConnection?
    /// Carries subscriptions in version 2 of the protocol, where they need one of their own.
    private var subscriber: RedisConnection?
    var queue = RedisQueue()
    var isQueueWatched = false
    private var watchers: [(RedisState) -> Void] = []
    private var attempts = 0
    /// Whether the log has told that Redis is away.
    private var hasLogged = false
    /// Whether it has told that Redis is there, and refuses this program.
    private var hasLoggedRefusal = false

    /// `redis://user:password@host:port/db`. Throws `RedisError.invalidURL`. Nothing is done before
    /// `connect` is called.
    package init(
        _ url: String, options: RedisOptions = RedisOptions(), timing: RedisTiming = .live
    ) throws(RedisError) {
        server = try RedisURL(url)
        self.options = options
        self.timing = timing
    }

    /// Calls `handler` with each new state. Several may watch.
    package func onState(_ handler: @escaping (RedisState) -> Void) { watchers.append(handler) }

    /// Begins to connect; comes back by itself until `close`. Called twice: no effect.
    package func connect() {
        if state == .idle { open() }
    }

    /// Waits until what was sent is answered (for at most `timeout` milliseconds), then closes.
    /// What waits for a connection fails at once. `done` is called once, in the end.
    package func close(timeout: Int = 1_000, _ done: @escaping () -> Void = {}) {
        guard state != .closed else { return done() }
        change(to: .closed)
        for request in queue.takeAll() { request.fail(notSent: Self.closedReason) }
        subscriptions.connectionEnded()
        subscriptions.closed()
        subscriber?.close(timeout: 0) {}
        subscriber = nil
        guard let connection else { return done() }
        self.connection = nil
        connection.close(timeout: timeout, done)
    }

    // MARK: - Coming and going

    private func open() {
        attempts += 1
        change(to: .connecting(attempt: attempts))
        guard state != .closed else { return }
        let connection = RedisConnection(server, options, timing, self)
        self.connection = connection
        connection.open()
    }

    func opened(_ opened: RedisConnection) {
        if opened === connection {
            guard opened.version == .resp2 else { return renew(on: opened) }
            // A second connection, but only for who needs it.
            return subscriptions.isEmpty ? becomeReady() : openSubscriber()
        }
        if opened === subscriber { renew(on: opened) }
    }

    private func renew(on carrier: RedisConnection) {
        subscriptions.renew(on: carrier) { [weak self, weak connection] in
            guard let self, let connection, connection === self.connection else { return }
            self.becomeReady()
        }
    }

    private func becomeReady() {
        guard case .connecting = state else { return }
        attempts = 0
        if hasLogged { Log.write("Redis at \(server.shown) is there again") }
        (hasLogged, hasLoggedRefusal) = (false, false)
        change(to: .ready)
        sendWaiting()
    }

    /// In version 2, a connection with subscriptions takes no other commands.
    func openSubscriber() {
        guard subscriber == nil else { return }
        let subscriber = RedisConnection(
            server, options, timing, isForSubscriptions: true, self)
        self.subscriber = subscriber
        subscriber.open()
    }

    func received(_ message: RedisMessage, by kind: RedisChannelKind, _ name: [UInt8]) {
        subscriptions.received(message, kind, name)
    }

    /// One of two connections alone is of no use: the other one ends as well.
    func ended(_ ended: RedisConnection, _ reason: String) {
        guard ended === connection || ended === subscriber, state != .closed else { return }
        let others = [connection, subscriber].compactMap { $0 }.filter { $0 !== ended }
        (connection, subscriber) = (nil, nil)
        subscriptions.connectionEnded()
        let delay = nextDelay()
        logOnce(reason)
        change(to: .away(reason: reason, retryIn: delay))
        for other in others {
            other.delegate = nil
            other.end(reason)
        }
        timing.after(delay) { [weak self] in
            if case .away = self?.state { self?.open() }
        }
    }

    /// Doubles with each attempt; by chance longer or shorter, so that not all servers come at
    /// once.
    private func nextDelay() -> Int {
        let doubled = options.reconnectionDelay << min(attempts, 16)
        let delay = Double(min(doubled, options.reconnectionDelayMax))
        let factor = 1 + options.randomizationFactor * (2 * timing.random() - 1)
        return Int((delay * factor).rounded())
    }

    /// A line for each attempt would fill the log. One more tells of a password that is wrong now.
    private func logOnce(_ reason: String) {
        let isRefusal = reason.hasPrefix(RedisConnection.refusal)
        guard options.logsOutages || isRefusal, !hasLogged || isRefusal && !hasLoggedRefusal else {
            return
        }
        (hasLogged, hasLoggedRefusal) = (true, hasLoggedRefusal || isRefusal)
        Log.write("Redis at \(server.shown) is away: \(reason). It is tried until it is there")
    }

    private func change(to state: RedisState) {
        self.state = state
        for watcher in watchers { watcher(state) }
    }
}
