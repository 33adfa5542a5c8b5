// `try RedisEmitter("redis://localhost:6379").to("room").emit("news", "hello")`: events for the
// clients of all Socket.IO servers that share a Redis, from a program that is no server: a job, a
// script. In: a URL, events. Out: messages as @socket.io/redis-emitter publishes them.
// Next: EmitterTarget.swift, EmitterMessages.swift.

import EngineSockets
import MessagePackWire
import RESPWire
import RedisClient
import SocketIOEvents

/// Why Redis did not take an event.
public typealias RedisError = RedisClient.RedisError
/// The options of the connection to Redis.
public typealias RedisOptions = RedisClient.RedisOptions
/// How the connection to Redis is.
public typealias RedisState = RedisClient.RedisState
/// Any JSON value, and binary data.
public typealias JSON = SocketIOEvents.JSON

/// The options of an emitter. They have to be those of the servers' adapters.
public nonisolated struct EmitterOptions: Sendable {
    /// What carries the messages.
    public enum Mode: Sendable {
        /// Publish and subscribe: for servers with `@socket.io/redis-adapter` (`createAdapter`).
        case pubSub
        /// A stream: for servers with `@socket.io/redis-streams-adapter`.
        case streams
    }

    /// What carries the messages.
    public var mode = Mode.pubSub
    /// What the names of all channels begin with (the adapters' option `key`); in the mode
    /// `streams`, the stream's name too (`streamName`).
    public var key = "socket.io"
    /// So many entries the stream keeps, more or less (the adapters' option `maxLen`).
    public var streamLength = 10_000
    /// Those of the connection.
    public var redis = RedisOptions()

    /// The defaults of the adapters.
    public init() {}
}

/// Emits to the clients of all servers that share a Redis. It connects at once, comes back when the
/// connection is lost, and works on the main actor. End it with `close`, which waits until
/// everything is sent.
///
/// An event that cannot be handed over (Redis is away for longer than `waitingTimeout`, or refuses
/// it) goes to `onError`. That Redis has taken it says nothing about servers: with publish and
/// subscribe, a server that is not connected to Redis at that moment misses it.
public final class RedisEmitter: EmitterOrigin {
    let options: EmitterOptions
    private let redis: Redis
    private var errorHandlers: [(RedisError) -> Void] = []
    private var openCount = 0
    private var isClosing = false
    private var whenClosed: [() -> Void] = []

    /// `redis://user:password@host:port/db`. Throws `RedisError.invalidURL`.
    public init(
        _ url: String, options: EmitterOptions = EmitterOptions()
    ) throws(RedisError) {
        self.options = options
        redis = try Redis(url, options: options.redis)
        redis.connect()
    }

    /// How the connection is.
    public var state: RedisState { redis.state }

    /// Calls `handler` with each new state of the connection.
    public func onState(_ handler: @escaping (RedisState) -> Void) { redis.onState(handler) }

    /// Calls `handler` with each error. Without a handler, errors are lines in the log.
    public func onError(_ handler: @escaping (RedisError) -> Void) { errorHandlers.append(handler) }

    /// All clients in the main namespace.
    public var target: EmitterTarget { EmitterTarget(emitter: self) }

    /// All clients in a namespace; its slash may be left out.
    public func of(_ namespace: String) -> EmitterTarget {
        var target = target
        target.namespace = namespace.hasPrefix("/") ? namespace : "/" + namespace
        return target
    }

    /// Waits until Redis has taken everything, or refused it, or was away for too long; then
    /// closes the connection.
    public func close() async {
        await withCheckedContinuation { continuation in close { continuation.resume() } }
    }

    /// The same; `done` is called in the end.
    public func close(_ done: @escaping () -> Void) {
        isClosing = true
        whenClosed.append(done)
        closeIfDone()
    }

    /// Sends a command, and tells why it could not.
    func send(_ command: RESPCommand) {
        guard !isClosing else {
            return report(.notSent(command: command.name, reason: "the emitter is closed"))
        }
        openCount += 1
        redis.send(command) { [self] result in
            openCount -= 1
            if case .failure(let error) = result { report(error) }
            closeIfDone()
        }
    }

    private func report(_ error: RedisError) {
        for handler in errorHandlers { handler(error) }
        if errorHandlers.isEmpty { Log.write("RedisEmitter: \(error)") }
    }

    private func closeIfDone() {
        guard isClosing, openCount == 0 else { return }
        redis.close { [self] in
            let done = whenClosed
            whenClosed = []
            for done in done { done() }
        }
    }
}
