// One namespace of a server, for a program: `socket.emit("hi", 1)`,
// `socket.on("hi") { (name: String) in … }`. Here: connecting, leaving, and its properties.
// Next: ServerPackets.swift and EmittedPackets.swift for the two directions; Manager.swift below;
// Sources/Events/EventHandlers.swift for `on`, Sources/Events/More/Asking.swift for `emitWithAck`.

import EngineSockets
import SocketIOEvents
import SocketIOWire

/// A connection to one namespace of a server.
///
/// `let socket = try ClientSocket.connect("http://localhost:3000")`
///
/// It works on the main actor, and calls its handlers there, one after the other.
public final class ClientSocket: EventSource, CatchAllSource {
    /// The connection, which sockets in other namespaces share.
    public let manager: Manager
    /// The namespace: `/`, `/admin`.
    public let namespace: String
    /// The payload of CONNECT: the server reads it as `socket.handshake.auth`. It is sent at each
    /// connection; a change counts from the next one.
    public var auth: JSON?
    /// Called at each connection for the payload of CONNECT; then `auth` is not used. For tokens
    /// that expire.
    public var authProvider: (@MainActor () async -> JSON)?
    /// The socket's id at the server; nil without a connection. Each connection has a new one,
    /// unless it is `recovered`.
    public internal(set) var id: String?
    /// Whether it is connected or will reconnect. False before `connect`, after `disconnect`, and
    /// after the server has refused or disconnected it.
    public internal(set) var active = false
    /// Whether this connection continues the last one: the server has sent the events that were
    /// missed, and has kept the socket's id, rooms and data.
    public internal(set) var recovered = false
    /// The handlers of each event; `on`, `once` and `off` change them.
    public var listeners = Listeners()
    /// The handlers of all events; `onAny` and `onAnyOutgoing` add to them.
    public var catchAll = CatchAll()

    /// Emitted while there was no connection.
    var waiting: [(event: OutgoingEvent, ackID: Int?)] = []
    /// Came before the server's answer to CONNECT.
    var early: [(arguments: Arguments, ackID: Int?)] = []
    var pendingAcks = PendingAcks()
    var recovery = Recovery()
    var retryQueue: RetryQueue
    var connectHandlers: [() -> Void] = []
    var disconnectHandlers: [(ClientDisconnectReason) -> Void] = []
    var errorHandlers: [(ClientError) -> Void] = []
    /// Ends the sequences of `events`, when the socket leaves for good.
    var sequenceEnds: [Listener: () -> Void] = [:]
    /// Counts connections, so that a late answer of `authProvider` is not given to the next one.
    var connection = 0
    /// The calls of `waitUntilConnected` that have not returned.
    private var waitingCalls: [(ClientError?) -> Void] = []

    init(manager: Manager, namespace: String, auth: JSON?) {
        self.manager = manager
        self.namespace = namespace
        self.auth = auth
        retryQueue = RetryQueue(retries: manager.options.retries)
    }

    /// Makes a connection of its own, and connects to the namespace that the URL's path names
    /// (`http://localhost:3000/admin`; without a path, `/`). Returns before it is connected. Throws
    /// `ClientError.invalidURL`.
    public static func connect(
        _ url: String, _ options: ClientOptions = ClientOptions(), auth: JSON? = nil
    ) throws -> ClientSocket {
        let manager = try Manager(url, options)
        return manager.socket(manager.server.namespace, auth: auth)
    }

    /// Whether the server has accepted the connection. What is emitted before waits for that.
    public var connected: Bool { id != nil }

    // MARK: - Connecting and leaving

    /// Connects, unless it is active. A lost connection is made again without this call; a socket
    /// that the server has disconnected needs it.
    public func connect() {
        guard !active else { return }
        active = true
        manager.join(self)
    }

    /// Leaves the namespace, until `connect` is called. Events that were emitted before are still
    /// sent; without a connection they wait for the next `connect`.
    public func disconnect() {
        guard active else { return }
        if connected { manager.send(SocketIOPacketEncoder.disconnect(namespace: namespace)) }
        ended(.clientDisconnect)
    }

    /// Calls `handler` at each connection, after the events that waited have been sent, and after
    /// the handlers of missed events have run.
    public func onConnect(_ handler: @escaping @MainActor () -> Void) {
        connectHandlers.append(handler)
    }

    /// Calls `handler` with the reason, when a connection is lost or the socket leaves.
    public func onDisconnect(_ handler: @escaping @MainActor (ClientDisconnectReason) -> Void) {
        disconnectHandlers.append(handler)
    }

    /// Calls `handler` when the server refuses (`ClientError.refused`), and after each attempt that
    /// fails (`.timeout`, `.transport`).
    public func onConnectError(_ handler: @escaping @MainActor (ClientError) -> Void) {
        errorHandlers.append(handler)
    }

    /// Returns as soon as it is connected. Throws `ClientError.refused` when the server refuses,
    /// `.disconnected` when `disconnect` was called or `connect` was not, and the last error when
    /// no attempt follows. Cancelling the task does not end the wait.
    public func waitUntilConnected() async throws {
        guard !connected else { return }
        var problem: ClientError?
        await withCheckedContinuation { continuation in
            var waiter: CheckedContinuation<Void, Never>? = continuation
            func finish(_ error: ClientError?) {
                problem = error
                waiter?.resume()
                waiter = nil
            }
            guard active else { return finish(.disconnected) }
            waitingCalls.append(finish)
        }
        if let problem { throw problem }
    }

    /// Lets the calls of `waitUntilConnected` return, or throw.
    func finishWaiting(_ error: ClientError?) {
        let waiting = waitingCalls
        waitingCalls = []
        for finish in waiting { finish(error) }
    }

    // MARK: - Events as a sequence

    /// The events of a name, from now on: `for await text in socket.events("chat message",
    /// as: String.self)`. It ends when the socket leaves for good, not when it reconnects. Events
    /// with another argument than a `Value` are left out, with a line in the log.
    public func events<Value: Decodable>(_ event: String, as: Value.Type) -> EventSequence<Value> {
        let buffer = EventBuffer<Value>()
        let listener = on(event) { [weak buffer] (value: Value) in buffer?.add(value) }
        sequenceEnds[listener] = { [weak buffer] in buffer?.end() }
        buffer.abandoned = { [weak self] in
            self?.off(listener)
            self?.sequenceEnds[listener] = nil
        }
        return EventSequence(buffer: buffer)
    }
}
