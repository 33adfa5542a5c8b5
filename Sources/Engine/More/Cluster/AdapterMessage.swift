// What servers tell each other, whatever carries it. In: values of the program's. Out: the same on
// other servers. Adapters with a wire form of their own translate it.
// Next: Adapter.swift, Cluster.swift.

import Foundation
import SocketIOEvents
import SocketIOWire

/// What one server tells the others. It can be encoded as anything that Codable can.
public nonisolated struct AdapterMessage: Codable, Equatable, Sendable {
    /// The version of this form. A message of another one is ignored, with a line in the log.
    public static let currentVersion = 2

    /// Which sockets are meant.
    public struct Target: Codable, Equatable, Sendable {
        /// Those in any of these rooms; without any room, all.
        public var rooms: [String]
        /// But those in any of these.
        public var except: [String]
        /// Whether sockets that can't be reached at once are to be left out.
        public var isVolatile: Bool
        /// Whether the event may be compressed on its way to clients; nil: yes.
        public var isCompressible: Bool?

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

        /// The same as values, bytes among them: an event's name comes first.
        public init(values: [JSON]) {
            var encoder = ArgumentsEncoder()
            for value in values { try? encoder.append(value) }
            self.init(encoder.finish())
        }

        /// The payload as values; nil: it is no array, or a placeholder names no bytes.
        public var values: [JSON]? {
            guard let arguments = Arguments(acknowledgement: encoded) else { return nil }
            var values: [JSON] = []
            for index in 0..<arguments.count {
                guard let value = try? arguments.decode(JSON.self, at: index) else { return nil }
                values.append(value)
            }
            return values
        }
    }

    /// What it is about. Questions have the name of a request, which their answers repeat.
    public enum Content: Codable, Equatable, Sendable {
        /// An event for sockets.
        case emit(Target, Packet)
        /// An event that sockets are to answer, within so many milliseconds.
        case ask(Target, Packet, request: String, timeout: Int)
        /// So many sockets have been asked: these, if their server says which.
        case asked(count: Int, ids: [String]?, request: String)
        /// One of them has answered, this one if its server says which; without a packet it has
        /// gone.
        case answered(String?, Packet?, request: String)
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
        /// A client has come here whose old connection may still be open with you: let it go, and
        /// save its session.
        case release(pid: String, request: String)
        /// Whether it was here. The session is saved.
        case released(Bool, request: String)
    }

    /// The version of the server that has sent it.
    public var version: Int
    /// The server that has sent it, in the namespace: a random name. Nil: the wire does not tell.
    public var server: String?
    /// Its number among that server's messages; nil: the wire does not tell.
    public var number: Int?
    /// The namespace.
    public var namespace: String
    /// The only server that it is for; nil: all.
    public var recipient: String?
    /// Its place in the order of all servers' events, if the adapter orders them.
    public var offset: String?
    /// What it is about.
    public var content: Content

    /// A message of another server's, however it has come.
    public init(
        server: String? = nil, number: Int? = nil, namespace: String, recipient: String? = nil,
        offset: String? = nil, content: Content, version: Int = currentVersion
    ) {
        self.version = version
        self.server = server
        self.number = number
        self.namespace = namespace
        self.recipient = recipient
        self.offset = offset
        self.content = content
    }
}

extension AdapterMessage.Target {
    @MainActor init(_ broadcast: Broadcast) {
        self.init(
            rooms: broadcast.rooms, except: broadcast.excludedNames,
            isVolatile: broadcast.isVolatile)
        if !broadcast.isCompressible { isCompressible = false }
    }

    /// Those of them that are connected here.
    @MainActor func local(in namespace: Namespace) -> Broadcast {
        var target = namespace.broadcast
        (target.rooms, target.excludedRooms) = (rooms, except)
        (target.isVolatile, target.isLocal) = (isVolatile, true)
        target.isCompressible = isCompressible ?? true
        return target
    }
}

nonisolated extension AdapterMessage.Packet {
    init(_ arguments: EncodedArguments) {
        json = String(decoding: arguments.json, as: UTF8.self)
        attachments = arguments.attachments.map { Data($0) }
    }

    /// An event that another server has sent; nil: it is none.
    @MainActor var event: OutgoingEvent? {
        Arguments(event: encoded).map { _ in OutgoingEvent(arguments: encoded) }
    }

    /// The same in the form of the wire modules: for adapters in this package.
    package var encoded: EncodedArguments {
        EncodedArguments(json: Array(json.utf8), attachments: attachments.map { Array($0) })
    }
}
