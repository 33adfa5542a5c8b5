// The seam for a broker behind several servers: what they tell each other, and what carries it. In:
// an adapter of the program's, such as one for Redis. Out: messages to it and from it; what they
// mean is Cluster.swift's business, so that an adapter only has to carry. Next: Cluster.swift.

import Foundation
import SocketIOEvents
import SocketIOWire

/// Carries messages between servers. It may lose, delay and double them: a message that is lost is
/// as if it had never been sent, a question without an answer is told after its time, and what
/// comes twice has an effect once.
@MainActor public protocol Adapter: AnyObject {
    /// How many servers there are at the moment, this one included.
    var serverCount: Int { get }
    /// A namespace begins. `receive` wants each message that another server has published in it;
    /// what this server has published itself is ignored.
    func open(namespace: String, receive: @escaping (AdapterMessage) -> Void)
    /// Sends a message to all other servers; with a `recipient`, one of them is enough.
    func publish(_ message: AdapterMessage)
    /// A namespace that clients had asked for is forgotten.
    func close(namespace: String)
    /// The server closes.
    func close()
}

/// The default: there is no other server.
public final class InMemoryAdapter: Adapter {
    /// One.
    public let serverCount = 1

    /// Nothing to set up.
    public init() {}
    /// There are no messages to receive.
    public func open(namespace: String, receive: @escaping (AdapterMessage) -> Void) {}
    /// There is no server to send it to.
    public func publish(_ message: AdapterMessage) {}
    /// Nothing to take down.
    public func close(namespace: String) {}
    /// Nothing to take down.
    public func close() {}
}

/// What one server tells the others. It can be encoded as anything that Codable can.
public nonisolated struct AdapterMessage: Codable, Equatable, Sendable {
    /// Which sockets are meant.
    public struct Target: Codable, Equatable, Sendable {
        /// Those in any of these rooms; without any room, all.
        public var rooms: [String]
        /// But those in any of these.
        public var except: [String]
        /// Whether sockets that can't be reached at once are to be left out.
        public var isVolatile: Bool

        /// Those in any of `rooms`, but not in any of `except`.
        public init(rooms: [String] = [], except: [String] = [], isVolatile: Bool = false) {
            self.rooms = rooms
            self.except = except
            self.isVolatile = isVolatile
        }
    }

    /// An event's or an answer's payload.
    public struct Packet: Codable, Equatable, Sendable {
        /// The JSON array.
        public var json: String
        /// The bytes beside it.
        public var attachments: [Data]

        /// A valid JSON array, and what its placeholders mean.
        public init(json: String, attachments: [Data] = []) {
            self.json = json
            self.attachments = attachments
        }
    }

    /// What it is about.
    public enum Content: Codable, Equatable, Sendable {
        /// An event for sockets.
        case emit(Target, Packet)
        /// An event that sockets are to answer, within so many milliseconds.
        case ask(Target, Packet, request: String, timeout: Int)
        /// These sockets have been asked.
        case asked([String], request: String)
        /// One of them has answered; nil: it has gone.
        case answered(String, Packet?, request: String)
        /// The time for answers is over.
        case stopAsking(request: String)
        /// Sockets shall join rooms.
        case join(Target, [String])
        /// Sockets shall leave rooms.
        case leave(Target, [String])
        /// Sockets shall go.
        case disconnect(Target, close: Bool)
        /// Which sockets are there?
        case fetch(Target, request: String)
        /// These.
        case fetched([RemoteSocket.Snapshot], request: String)
        /// An event for servers; with a request it wants an answer.
        case serverSide(Packet, request: String?)
        /// The answer to it.
        case serverSideAnswer(Packet, request: String)
    }

    /// The server that has sent it: a random name.
    public var server: String
    /// Its number among that server's messages.
    public var number: Int
    /// The namespace.
    public var namespace: String
    /// The only server that it is for; nil: all.
    public var recipient: String?
    /// What it is about.
    public var content: Content

    /// A message of another server's, however it has come.
    public init(
        server: String, number: Int, namespace: String, recipient: String? = nil, content: Content
    ) {
        self.server = server
        self.number = number
        self.namespace = namespace
        self.recipient = recipient
        self.content = content
    }
}

/// Why other servers' answers are not there.
public enum AdapterError: Error, Equatable, CustomStringConvertible {
    /// So many of so many servers have answered in time.
    case timedOut(answered: Int, of: Int)

    public var description: String {
        switch self {
        case .timedOut(let answered, let expected):
            "timeout reached: only \(answered) of \(expected) servers have answered"
        }
    }
}

extension AdapterMessage.Target {
    @MainActor init(_ broadcast: Broadcast) {
        self.init(
            rooms: broadcast.rooms, except: broadcast.excludedNames,
            isVolatile: broadcast.isVolatile)
    }

    /// Those of them that are connected here.
    @MainActor func local(in namespace: Namespace) -> Broadcast {
        let target = namespace.broadcast.local.to(rooms).except(except)
        return isVolatile ? target.volatile : target
    }
}

extension AdapterMessage.Packet {
    init(_ arguments: EncodedArguments) {
        json = String(decoding: arguments.json, as: UTF8.self)
        attachments = arguments.attachments.map { Data($0) }
    }

    /// An event that another server has sent; nil: it is none.
    @MainActor var event: OutgoingEvent? {
        Arguments(event: encoded).map { _ in OutgoingEvent(arguments: encoded) }
    }

    var encoded: EncodedArguments {
        EncodedArguments(json: Array(json.utf8), attachments: attachments.map { Array($0) })
    }
}
