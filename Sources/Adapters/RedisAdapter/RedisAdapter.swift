// `io.use(adapter: try RedisAdapter("redis://localhost:6379"))`: several servers, on one machine or
// on many, serve the same clients, with Redis between them. In: messages of this server, for the
// others. Out: what the others have said. Servers in Node with @socket.io/redis-adapter, or with
// @socket.io/redis-streams-adapter, take part, and so does every Redis emitter.
// Next: RedisAdapterOptions.swift, PubSub/PubSubCarrier.swift, Streams/StreamCarrier.swift.

import Engine
import EngineSockets
import RESPWire
import RedisClient

/// An adapter that has Redis between servers.
///
/// While Redis is away, clients of this server hear what is sent here; one line in the log says so,
/// and `io.adapterState` is `away`. What other servers shall hear waits within the bounds of
/// `RedisAdapterOptions.redis`, then it is lost, and a line says how much.
public final class RedisAdapter: Adapter {
    private let carrier: any Carrier

    /// Connects to `redis://user:password@host:port/db` at the first namespace. Throws
    /// `RedisError.invalidURL`. TLS is a tunnel's: see Documentation/scaling.md.
    public init(
        _ url: String, _ options: RedisAdapterOptions = RedisAdapterOptions()
    ) throws(RedisError) {
        switch options.mode {
        case .pubSub: carrier = try PubSubCarrier(url, options)
        case .streams: carrier = try StreamCarrier(url, options)
        }
    }

    /// In streams mode.
    public var ordersEvents: Bool { carrier.ordersEvents }
    /// Subscribes to a namespace's channels.
    public func open(_ namespace: AdapterNamespace) { carrier.open(namespace) }
    /// Publishes a message, or adds it to the stream.
    public func publish(_ message: AdapterMessage) { carrier.publish(message) }
    /// How many servers have subscribed to the namespace. Throws what Redis says against it.
    public func serverCount(in namespace: String) async throws -> Int {
        try await carrier.serverCount(in: namespace)
    }
    /// Keeps a session, in streams mode.
    public func save(_ session: SavedSession, in namespace: String, for milliseconds: Int) {
        carrier.save(session, for: milliseconds)
    }
    /// Takes a session, in streams mode. Throws what Redis says against it.
    public func restore(_ pid: String, in namespace: String) async throws -> SavedSession? {
        try await carrier.restore(pid)
    }
    /// Ends the subscriptions of a namespace.
    public func close(namespace: String) { carrier.close(namespace: namespace) }
    /// Waits until Redis has answered what was published, then closes the connections.
    public func close() async { await carrier.close() }
}

/// What a mode does.
protocol Carrier: AnyObject {
    var ordersEvents: Bool { get }
    func open(_ namespace: AdapterNamespace)
    func publish(_ message: AdapterMessage)
    func serverCount(in namespace: String) async throws -> Int
    func save(_ session: SavedSession, for milliseconds: Int)
    func restore(_ pid: String) async throws -> SavedSession?
    func close(namespace: String)
    func close() async
}

extension Carrier {
    var ordersEvents: Bool { false }
    func save(_ session: SavedSession, for milliseconds: Int) {}
    func restore(_ pid: String) async throws -> SavedSession? { nil }
}

extension Redis {
    /// The same as `close`, for at most as long as the end of a program waits by default.
    func closed() async {
        await withCheckedContinuation { continuation in
            close(timeout: 350) { continuation.resume() }
        }
    }

    /// How many connections have subscribed to a channel.
    func subscribers(of channel: String) async throws(RedisError) -> Int {
        let answer = try await send(RESPCommand("PUBSUB", "NUMSUB", channel), whileAway: .fail)
        guard let count = answer.pairs?.first?.value.integer else {
            throw .unexpected(command: "PUBSUB", answer: "\(answer)")
        }
        return count
    }
}
