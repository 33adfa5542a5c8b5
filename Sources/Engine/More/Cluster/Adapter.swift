// The seam for a broker behind several servers: what carries messages between them. In: an adapter
// of the program's, such as RedisAdapter. Out: messages to it and from it; what they mean is
// Cluster.swift's business, so that an adapter only has to carry.
// Next: AdapterNamespace.swift (what an adapter is given), AdapterMessage.swift, Cluster.swift.

import SocketIOEvents

/// Carries messages between servers. All calls come on the main actor.
///
/// It may lose, delay and double messages: one that is lost is as if it had never been sent, a
/// question without an answer is told after its time, and what comes twice has an effect once, if
/// it has a server's name and a number.
///
/// To write one: keep the namespaces that `open` gives you by their names, call `opened()` when
/// messages for them arrive, hand what arrives to `receive`, and send what `publish` gets to all
/// other servers. The rest has defaults. `Tests/EngineTests/More/AdapterTests.swift` has one that
/// loses, delays and doubles; `Sources/Adapters/RedisAdapter` one that is in use.
@MainActor public protocol Adapter: AnyObject {
    /// Whether there can be no other server. Then it is asked for nothing. False by default.
    var isAlone: Bool { get }
    /// Whether it gives each event a place in one order that is the same on all servers, and an
    /// offset that names the place: then clients come back to any server and miss nothing. Each
    /// event of `publish` with a number has to come back by `AdapterNamespace.placed`, between
    /// what other servers have published, or to be given up by `notPlaced`. False by default.
    var ordersEvents: Bool { get }
    /// A namespace begins. Call its `opened()` as soon as messages for it arrive: until then its
    /// clients wait at the door, for `SocketServer.adapterOpenTimeout` at most.
    func open(_ namespace: AdapterNamespace)
    /// Sends a message to all other servers; with a `recipient`, one of them is enough. It does not
    /// wait and does not fail: what cannot be sent is the adapter's to log, once.
    func publish(_ message: AdapterMessage)
    /// How many servers have this namespace at the moment, this one included. Throws when it is not
    /// to be found out.
    func serverCount(in namespace: String) async throws -> Int
    /// Keeps a client's session for so many milliseconds, so that another server can take it up.
    /// By default it is not kept: then clients come back to their own server only.
    func save(_ session: SavedSession, in namespace: String, for milliseconds: Int)
    /// Gives a session back, once: who asks for it again gets nil. By default there is none.
    func restore(_ pid: String, in namespace: String) async throws -> SavedSession?
    /// A namespace is forgotten.
    func close(namespace: String)
    /// The server closes: returns when all that was published has left. The program waits for it,
    /// for `SocketServer.adapterCloseTimeout` at most.
    func close() async
}

extension Adapter {
    public var isAlone: Bool { false }
    public var ordersEvents: Bool { false }
    public func save(_ session: SavedSession, in namespace: String, for milliseconds: Int) {}
    public func restore(_ pid: String, in namespace: String) async throws -> SavedSession? { nil }
}

/// The default: there is no other server.
public final class InMemoryAdapter: Adapter {
    public let isAlone = true

    /// Nothing to set up.
    public init() {}
    /// There are no messages to receive.
    public func open(_ namespace: AdapterNamespace) { namespace.opened() }
    /// There is no server to send it to.
    public func publish(_ message: AdapterMessage) {}
    /// One.
    public func serverCount(in namespace: String) async throws -> Int { 1 }
    /// Nothing to take down.
    public func close(namespace: String) {}
    /// Nothing to take down.
    public func close() async {}
}

/// How an adapter is, as far as it says so.
public nonisolated enum AdapterState: Equatable, Sendable, CustomStringConvertible {
    /// It has not been ready yet.
    case opening
    /// Messages come and go.
    case ready
    /// They don't at the moment, and why. Clients of this server hear what is sent here all the
    /// same.
    case away(reason: String)
    /// The server has closed it.
    case closed

    var isAway: Bool { if case .away = self { true } else { false } }

    public var description: String {
        switch self {
        case .opening: "opening"
        case .ready: "ready"
        case .away(let reason): "away: \(reason)"
        case .closed: "closed"
        }
    }
}

/// A client that is away, as another server needs to know it.
public nonisolated struct SavedSession: Codable, Equatable, Sendable {
    /// The server that has saved it: a random name, as in `AdapterMessage`. Nil: not known.
    public var server: String?
    /// The id of its socket.
    public var sid: Socket.ID
    /// The secret by which it comes back.
    public var pid: String
    /// The rooms that it is in, its own among them.
    public var rooms: [String]
    /// What the program keeps as `socket.data[JSON.self]`.
    public var data: JSON
    /// The offset of the last event before its stay; nil: not known; an empty text: there was
    /// none.
    public var start: String?
    /// Events that it was sent before they had a place, while the broker was away.
    public var late: [LateEvent]

    /// A session that was kept in some other form.
    public init(
        server: String? = nil, sid: Socket.ID, pid: String, rooms: [String], data: JSON,
        start: String? = nil, late: [LateEvent] = []
    ) {
        self.server = server
        self.sid = sid
        self.pid = pid
        self.rooms = rooms
        self.data = data
        self.start = start
        self.late = late
    }
}

/// An event that a client was sent before it had its place among all events.
public nonisolated struct LateEvent: Codable, Equatable, Sendable {
    /// What stood behind it, where other events have their offsets.
    public var token: String
    /// The offset of the event in front of it; an empty text: there was none.
    public var after: String
    /// Its own, if it has got it since.
    public var offset: String?

    /// An event of some server's.
    public init(token: String, after: String, offset: String?) {
        self.token = token
        self.after = after
        self.offset = offset
    }
}

/// Why other servers' answers are not there.
public nonisolated enum AdapterError: Error, Equatable, CustomStringConvertible {
    /// So many of so many servers have answered in time.
    case timedOut(answered: Int, of: Int)
    /// The adapter could not ask them, and why.
    case unavailable(String)

    public var description: String {
        switch self {
        case .timedOut(let answered, let expected):
            "timeout reached: only \(answered) of \(expected) servers have answered"
        case .unavailable(let reason): "the other servers can't be asked: \(reason)"
        }
    }
}
