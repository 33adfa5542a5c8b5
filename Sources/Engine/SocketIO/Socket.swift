// One client in one namespace: what a stage's handlers are about. In: events and acknowledgements
// of the client. Out: calls of handlers; packets to this client alone.
// Next: EventHandlers.swift (`on`), Emitting.swift (`emit`), Broadcast.swift (to others).

import Foundation
import Sockets
import SocketIOWire

/// A client, in one namespace.
public final class Socket {
    /// A socket's id is a string, and the name of a room that it is always in.
    public typealias ID = String

    /// The id that clients know: 20 characters. The session's own id is another, and a secret.
    public let id: ID
    /// What the client said when it came.
    public let handshake: Handshake
    /// The connection, which sockets in other namespaces share.
    public let client: Client
    /// The namespace that it has joined.
    public let namespace: Namespace
    /// Whatever the program wants to keep with a socket: `socket.data[User.self] = user`.
    public var data = SocketData()
    /// Whether events can be sent.
    public private(set) var connected = true
    /// The rooms that it has joined, without the one of its own id.
    var joinedRooms: Set<String> = []

    private var handlers: [String: [EventHandler]] = [:]
    private var disconnectHandlers: [(DisconnectReason) -> Void] = []
    private var pendingAcks: [Int: (Result<Arguments, AckError>) -> Void] = [:]
    private var lastAckID = 0

    init(client: Client, namespace: Namespace, handshake: Handshake) {
        id = RandomID.next()
        self.client = client
        self.namespace = namespace
        self.handshake = handshake
    }

    // MARK: - Rooms

    /// The rooms that it is in; its own id is always among them.
    public var rooms: Set<String> { connected ? joinedRooms.union([id]) : [] }

    /// Joins a room. Twice is once.
    public func join(_ room: String) {
        guard connected, room != id else { return }
        if joinedRooms.insert(room).inserted { namespace.rooms.add(self, to: room) }
    }

    /// Leaves a room.
    public func leave(_ room: String) {
        if joinedRooms.remove(room) != nil { namespace.rooms.remove(self, from: room) }
    }

    // MARK: - Events

    func add(_ event: String, _ handler: @escaping EventHandler) {
        handlers[event, default: []].append(handler)
    }

    /// An event: all its handlers run, in the order in which they were set.
    func received(_ arguments: Arguments, ackID: Int?) {
        guard connected, let called = handlers[arguments.eventName] else { return }
        let ack = Ack(socket: self, id: ackID)
        for handler in called {
            do {
                try handler(arguments, ack)
            } catch let error as ArgumentMismatch {
                Log.write("the event \"\(arguments.eventName)\" reached no handler: \(error)")
            } catch {
                Log.write("a handler of the event \"\(arguments.eventName)\" failed: \(error)")
            }
        }
    }

    // MARK: - Acknowledgements from the client

    /// Expects an acknowledgement; returns the id to send along.
    func expectAck(_ done: @escaping (Result<Arguments, AckError>) -> Void) -> Int {
        defer { lastAckID += 1 }
        pendingAcks[lastAckID] = done
        return lastAckID
    }

    /// An id that nobody waits for (any more) is ignored.
    func acknowledged(_ id: Int, _ arguments: Arguments) {
        pendingAcks.removeValue(forKey: id)?(.success(arguments))
    }

    /// Gives up waiting.
    func abandonAck(_ id: Int, _ error: AckError) {
        pendingAcks.removeValue(forKey: id)?(.failure(error))
    }

    // MARK: - The end

    /// Calls `handler` once, when the socket is gone; nothing is sent to it any more.
    public func onDisconnect(_ handler: @escaping (DisconnectReason) -> Void) {
        disconnectHandlers.append(handler)
    }

    /// Puts the client out of the namespace, or, with `close`, ends its whole connection. The
    /// disconnect handlers have run when this returns.
    public func disconnect(close: Bool = false) {
        guard connected else { return }
        client.send(SocketIOPacketEncoder.disconnect(namespace: namespace.name))
        left(.serverNamespaceDisconnect)
        if close { client.close(.forcedClose) }
    }

    /// The socket is gone, for whatever reason: said once.
    func left(_ reason: DisconnectReason) {
        guard connected else { return }
        connected = false
        client.removed(self)
        namespace.left(self)
        for room in joinedRooms { namespace.rooms.remove(self, from: room) }
        joinedRooms = []
        let waiting = pendingAcks
        pendingAcks = [:]
        for done in waiting.values { done(.failure(.disconnected)) }
        for handler in disconnectHandlers { handler(reason) }
        // Handlers hold the socket, and it holds them: the circle ends here.
        handlers = [:]
        disconnectHandlers = []
    }
}

/// Values of any type, one of each.
public struct SocketData {
    private var values: [ObjectIdentifier: Any] = [:]

    /// The value of this type, if there is one.
    public subscript<Value>(_ type: Value.Type) -> Value? {
        get { values[ObjectIdentifier(type)] as? Value }
        set { values[ObjectIdentifier(type)] = newValue }
    }
}
