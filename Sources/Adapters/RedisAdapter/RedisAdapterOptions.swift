// What can be set about the adapter, each with its reason. The names in Redis are those that other
// implementations use: change them on all servers, or on none. Next: RedisAdapter.swift.

@_exported import RedisClient

/// The options of `RedisAdapter`.
public nonisolated struct RedisAdapterOptions: Sendable {
    /// How messages travel.
    public enum Mode: Sendable {
        /// By PUBLISH, as `@socket.io/redis-adapter` does: what is published while a server is cut
        /// off from Redis never reaches it.
        case pubSub
        /// By a stream, as `@socket.io/redis-streams-adapter` does: a server that was cut off reads
        /// on where it was. With `connectionStateRecovery`, clients come back to any server.
        case streams
    }

    /// Pub/sub is what most servers run; streams lose less and cost more. All servers take the
    /// same.
    public var mode = Mode.pubSub
    /// What channels begin with; two groups of servers on one Redis take two.
    public var key = "socket.io"
    /// Pub/sub: whether answers go to the server that has asked alone. Servers with a
    /// `@socket.io/redis-adapter` older than 7.1 don't hear them then.
    public var publishOnSpecificResponseChannel = false
    /// Streams: the name of the stream.
    public var streamName = "socket.io"
    /// Streams: about so many events are kept in it. A server that was cut off for longer misses
    /// some, and a client that was away for longer is new.
    public var streamLength = 10_000
    /// Streams: so many entries are read at once.
    public var readCount = 100
    /// Streams: a read waits so many milliseconds for an entry. The connection of a reader that
    /// hears nothing for `redis.answerTimeout` longer counts as broken.
    public var blockTime = 5_000
    /// Streams: what keys of saved sessions begin with.
    public var sessionPrefix = "sio:session:"
    /// Streams: an event of this server whose place is not known after so many milliseconds is sent
    /// to its own clients without one.
    public var placeTimeout = 1_000
    /// The connections. What waits for Redis waits for a minute at most, longer than most restarts
    /// take.
    public var redis = RedisOptions()

    /// The defaults.
    public init() { redis.waitingTimeout = 60_000 }

    /// Streams, with all other defaults.
    public static var streams: RedisAdapterOptions {
        var options = RedisAdapterOptions()
        options.mode = .streams
        return options
    }
}
