// One namespace of a server: what a program talks to. `socket.emit("hi", 1)`,
// `socket.on("hi") { (name: String) in … }`. Here: what it is, and how it comes and goes.
// Next: Arriving.swift for what the server says, Sending.swift for what we say; Manager.swift;
// SocketIOEvents/EventHandlers.swift for `on`, Asking.swift for `emitWithAck`.

import EngineSockets
import SocketIOEvents
import SocketIOWire

/// A connection to one namespace of a server.
///
/// `let socket = try ClientSocket.connect("http://localhost:3000")`
public final class ClientSocket: EventSource, CatchAllSource {
    /// The connection, which sockets in other namespaces share.
    public let manager: Manager
    /// The namespace: `/`, `/admin`.
    public let namespace: String
    /// What the server is told about us at each connection.
    public var auth: JSON?
    /// Asked for `auth` at each connection, if it is set.
    public var authProvider: (() async -> JSON)?
    /// The id that the server knows us by; nil without a connection.
    public internal(set) var id: String?
    /// Whether it is connected, or tries to be.
    public internal(set) var active = false
    /// Whether this connection goes on where the last one was lost: the server has sent what was
    /// missed, and knows our rooms and data.
    public internal(set) var recovered = false
    /// Who hears which event.
    public var listeners = Listeners()
    /// Who hears every event.
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
    /// What ends when the socket leaves for good.
    var ends: [Listener: () -> Void] = [:]
    /// Counts connections, so that a late answer of `authProvider` is not given to the next one.
    var connection = 0
    private var arrivals: [(ClientError?) -> Void] = []

    init(manager: Manager, namespace: String, auth: JSON?) {
        self.manager = manager
        self.namespace = namespace
        self.auth = auth
        retryQueue = RetryQueue(retries: manager.options.retries)
    }

    /// Connects to the namespace that the URL's path names.
    public static func connect(
        _ url: String, _ options: ClientOptions = ClientOptions(), auth: JSON? = nil
    ) throws -> ClientSocket {
        let manager = try Manager(url, options)
        return manager.socket(manager.server.namespace, auth: auth)
    }

    /// Whether the server has let us in.
    public var connected: Bool { id != nil }

    // MARK: - Coming and going

    /// Connects, if it is not connected; a lost connection comes back without it.
    public func connect() {
        guard !active else { return }
        active = true
        manager.join(self)
    }

    /// Leaves the namespace, for good unless `connect` is called. What was emitted before is sent.
    public func disconnect() {
        guard active else { return }
        if connected { manager.send(SocketIOPacketEncoder.disconnect(namespace: namespace)) }
        left(.clientDisconnect)
    }

    /// Calls `handler` at each connection; by then what waited has been sent,
    /// and what was missed has been heard.
    public func onConnect(_ handler: @escaping () -> Void) { connectHandlers.append(handler) }

    /// Calls `handler` when the connection is lost or left.
    public func onDisconnect(_ handler: @escaping (ClientDisconnectReason) -> Void) {
        disconnectHandlers.append(handler)
    }

    /// Calls `handler` when the server refuses, or an attempt fails.
    public func onConnectError(_ handler: @escaping (ClientError) -> Void) {
        errorHandlers.append(handler)
    }

    /// Returns as soon as it is connected. Throws `ClientError.refused` when the server does not
    /// want us, `.disconnected` when `disconnect` was called, and what went wrong when there is no
    /// further attempt.
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
            arrivals.append(finish)
        }
        if let problem { throw problem }
    }

    func arrived(_ error: ClientError?) {
        let waiting = arrivals
        arrivals = []
        for finish in waiting { finish(error) }
    }

    // MARK: - Events as a sequence

    /// The events of a name, as they come: `for await text in socket.events("chat message",
    /// as: String.self)`. It ends when the socket leaves for good, not when it reconnects.
    public func events<Value: Decodable>(_ event: String, as: Value.Type) -> EventSequence<Value> {
        let buffer = EventBuffer<Value>()
        let listener = on(event) { [weak buffer] (value: Value) in buffer?.add(value) }
        ends[listener] = { [weak buffer] in buffer?.end() }
        buffer.abandoned = { [weak self] in
            self?.off(listener)
            self?.ends[listener] = nil
        }
        return EventSequence(buffer: buffer)
    }
}
