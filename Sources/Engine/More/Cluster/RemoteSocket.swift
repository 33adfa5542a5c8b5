// A socket that may be connected to another server: what is known of it, and what can be done with
// it from here. In: a snapshot. Out: broadcasts to the room of its id.
// Next: More/Namespaces/NamespaceTools.swift.

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
        /// The client's address.
        public var address: String
        /// The address that was asked for, with its query.
        public var url: String
        /// When the socket came, in milliseconds since 1970.
        public var issued: Int
    }

    /// What was known of it.
    public let snapshot: Snapshot
    private let namespace: Namespace

    init(_ snapshot: Snapshot, _ namespace: Namespace) {
        self.snapshot = snapshot
        self.namespace = namespace
    }

    init(_ socket: Socket) {
        let handshake = socket.handshake
        self.init(
            Snapshot(
                id: socket.id, rooms: socket.rooms, data: socket.data[JSON.self] ?? [:],
                address: handshake.address, url: handshake.url, issued: handshake.issued),
            socket.namespace)
    }

    /// The socket's id.
    public var id: Socket.ID { snapshot.id }
    /// The rooms that it was in.
    public var rooms: Set<String> { snapshot.rooms }
    /// What the program keeps as `socket.data[JSON.self]`; an empty object if nothing.
    public var data: JSON { snapshot.data }

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
