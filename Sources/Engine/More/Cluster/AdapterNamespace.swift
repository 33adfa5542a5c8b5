// What the engine gives an adapter for each namespace: where its messages go, and what it may want
// to know of the sockets here. In: what an adapter has received. Out: the same to the namespace.
// Next: Cluster.swift.

import SocketIOEvents
import SocketIOWire

/// A namespace, as an adapter sees it. Its methods may be called at any time, also after the
/// namespace is gone: then they have no effect.
public final class AdapterNamespace {
    /// Its name, with a slash in front.
    public let name: String
    /// What this server is called in the namespace: a random name, in each message that it sends.
    public let server: String
    /// Milliseconds of events that are wanted before `opened`, for clients that come back to this
    /// server from another one; nil: none. See `Adapter.ordersEvents`.
    public let history: Int?
    private weak var cluster: Cluster?

    init(_ cluster: Cluster, name: String, server: String, history: Int?) {
        self.cluster = cluster
        self.name = name
        self.server = server
        self.history = history
    }

    // MARK: - What has happened

    /// From now on messages arrive. Events with an offset that came before are history: they are
    /// kept for clients that come back, and sent to none. Again: no effect.
    public func opened() { cluster?.opened() }

    /// Another server has published this. What this server has published itself is ignored.
    public func receive(_ message: AdapterMessage) { cluster?.receive(message) }

    /// An event of this server has its place in the order of all events: now it is sent to the
    /// sockets here, with its offset.
    public func placed(_ number: Int, at offset: String) { cluster?.placed(number, at: offset) }

    /// An event of this server will have no place for now: it is sent to the sockets here at once.
    /// It may still be `placed` later; it is not sent again then.
    public func notPlaced(_ number: Int) { cluster?.notPlaced(number) }

    /// The adapter has lost its broker, or has it back: a program can see it in
    /// `SocketServer.adapterState`.
    public func report(_ state: AdapterState) { cluster?.report(state) }

    // MARK: - What is here

    /// Whether a socket here is in any of these rooms, or has one of them for its id. What is for
    /// other rooms need not be decoded.
    public func hasSockets(inAnyOf rooms: [String]) -> Bool {
        guard let namespace = cluster?.namespace else { return false }
        return rooms.contains { room in
            namespace.rooms[WireName(room)] != nil || namespace.sockets[room] != nil
        }
    }

    /// The ids of the sockets here that are in any of these rooms; without rooms, of all.
    public func socketIDs(inAnyOf rooms: [String]) -> [Socket.ID] {
        cluster?.namespace?.broadcast.to(rooms).sockets.map(\.id) ?? []
    }

    /// The rooms that sockets here are in, their own among them.
    public var rooms: Set<String> {
        guard let namespace = cluster?.namespace else { return [] }
        return namespace.roomNames.union(namespace.sockets.keys)
    }

    /// Calls `handler` when a room begins or ends here, is joined or left: for an adapter that
    /// subscribes to rooms.
    public func onRoomEvent(_ handler: @escaping @MainActor (RoomEvent) -> Void) {
        cluster?.namespace?.onRoomEvent(handler)
    }
}
