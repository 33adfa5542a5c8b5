// A socket that may be connected to another server: what is known of it, and what can be done with
// it from here. In: a snapshot. Out: broadcasts to the room of its id.
// Next: More/Namespaces/NamespaceTools.swift, More/Sockets/SharedData.swift.

import HTTPWire
import SocketIOEvents

/// A socket, here or on another server, as `fetchSockets` finds it: what it was at that moment.
public struct RemoteSocket: EventTarget {
    /// What travels from server to server.
    public nonisolated struct Snapshot: Codable, Equatable, Sendable {
        /// The socket's id.
        public var id: Socket.ID
        /// The rooms that it is in, its own among them.
        public var rooms: Set<String>
        /// What the program keeps as `socket.data[JSON.self]`.
        public var data: JSON
        /// What its client said when it came.
        public var handshake: Handshake

        /// A socket of another server's, however its snapshot has come.
        public init(id: Socket.ID, rooms: Set<String>, data: JSON, handshake: Handshake) {
            self.id = id
            self.rooms = rooms
            self.data = data
            self.handshake = handshake
        }

        /// The client's address.
        public var address: String { handshake.address }
        /// The address that was asked for, with its query.
        public var url: String { handshake.url }
        /// When the socket came, in milliseconds since 1970.
        public var issued: Int { handshake.issued }
    }

    /// What a client said when it came, all of it: cookies and secrets too. It goes to other
    /// servers when they ask for the socket.
    public nonisolated struct Handshake: Codable, Equatable, Sendable {
        /// The fields of the request, by their names in lower case.
        public var headers: JSON = [:]
        /// When the socket came, as JavaScript prints a date.
        public var time = ""
        /// The client's address.
        public var address = ""
        /// Whether the request came from a page.
        public var xdomain = false
        /// Whether the connection is encrypted.
        public var secure = false
        /// When the socket came, in milliseconds since 1970.
        public var issued = 0
        /// The address that was asked for, with its query.
        public var url = ""
        /// The values of the query, by their names.
        public var query: JSON = [:]
        /// What the client gave as `auth`.
        public var auth: JSON = [:]

        /// One of which nothing is known.
        public init() {}

        @MainActor init(_ handshake: Engine.Handshake) {
            var (headers, query) = (JSON.Members(), JSON.Members())
            for (name, _) in handshake.headers.lines where headers[name.lowercased()] == nil {
                let separator = name.lowercased() == "cookie" ? "; " : ", "
                let values = handshake.headers.all(named: name)
                headers[name.lowercased()] = .string(values.joined(separator: separator))
            }
            for (name, value) in handshake.query.items where query[name] == nil {
                query[name] = .string(value)
            }
            (self.headers, self.query) = (.object(headers), .object(query))
            time = Self.javaScriptTime(handshake.issued)
            address = handshake.address
            (xdomain, secure) = (handshake.xdomain, handshake.secure)
            issued = handshake.issued
            url = handshake.url
            auth = handshake.auth
        }

        /// `Wed Nov 25 2026 17:57:53 GMT+0000 (Coordinated Universal Time)`.
        private static func javaScriptTime(_ milliseconds: Int) -> String {
            let date = HTTPDate.string(secondsSince1970: milliseconds / 1_000)
            let parts = date.split(whereSeparator: { $0 == " " || $0 == "," })
            guard parts.count == 6 else { return "" }
            return "\(parts[0]) \(parts[2]) \(parts[1]) \(parts[3]) \(parts[4]) "
                + "GMT+0000 (Coordinated Universal Time)"
        }
    }

    /// What was known of it.
    public let snapshot: Snapshot
    private let namespace: Namespace

    init(_ snapshot: Snapshot, _ namespace: Namespace) {
        self.snapshot = snapshot
        self.namespace = namespace
    }

    init(_ socket: Socket) {
        self.init(
            Snapshot(
                id: socket.id, rooms: socket.rooms, data: socket.data.shared,
                handshake: Handshake(socket.handshake)),
            socket.namespace)
    }

    /// The socket's id.
    public var id: Socket.ID { snapshot.id }
    /// The rooms that it was in.
    public var rooms: Set<String> { snapshot.rooms }
    /// What the program keeps as `socket.data.shared`; an empty object if nothing.
    public var data: JSON { snapshot.data }
    /// What its client said when it came.
    public var handshake: Handshake { snapshot.handshake }

    /// The same as `data`, as a value of this type. Throws what does not fit.
    public func data<Value: Decodable>(as type: Value.Type) throws -> Value {
        try snapshot.data.decoded(as: type)
    }

    private var target: Broadcast { namespace.to(id) }

    /// Sends an event to it.
    public func deliver(_ event: OutgoingEvent) { target.deliver(event) }

    /// Lets it join rooms.
    public func join(_ rooms: String...) { target.socketsJoin(rooms) }

    /// Lets it leave rooms.
    public func leave(_ rooms: String...) { target.socketsLeave(rooms) }

    /// Puts it out of the namespace, or, with `close`, ends its connection.
    public func disconnect(close: Bool = false) { target.disconnectSockets(close: close) }

    /// The answer may take so many milliseconds: `try await remote.timeout(1000).emitWithAck(…)`.
    public func timeout(_ milliseconds: Int) -> BroadcastQuestion { target.timeout(milliseconds) }
}
