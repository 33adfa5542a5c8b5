// One namespace of a server: what a program talks to. `socket.emit("hi", 1)`,
// `socket.on("hi") { (name: String) in … }`. In: events of the server. Out: calls of handlers.
// Next: Manager.swift; SocketIOEvents/EventHandlers.swift for `on`, Asking.swift for `emitWithAck`.

import Sockets
import SocketIOEvents
import SocketIOWire

/// A connection to one namespace of a server.
///
/// `let socket = try ClientSocket.connect("http://localhost:3000")`
public final class ClientSocket: EventSource {
    /// The connection, which sockets in other namespaces share.
    public let manager: Manager
    /// The namespace: `/`, `/admin`.
    public let namespace: String
    /// What the server is told about us at each connection.
    public var auth: JSON?
    /// Asked for `auth` at each connection, if it is set.
    public var authProvider: (() async -> JSON)?
    /// The id that the server knows us by; nil without a connection.
    public private(set) var id: String?
    /// Whether it is connected, or tries to be.
    public private(set) var active = false
    /// Who hears which event.
    public var listeners = Listeners()

    private var waiting: [(event: OutgoingEvent, ackID: Int?)] = []
    private var early: [(arguments: Arguments, ackID: Int?)] = []
    private var pendingAcks = PendingAcks()
    private var connectHandlers: [() -> Void] = []
    private var disconnectHandlers: [(ClientDisconnectReason) -> Void] = []
    private var errorHandlers: [(ClientError) -> Void] = []
    /// What ends when the socket leaves for good.
    private var ends: [Listener: () -> Void] = [:]
    private var connection = 0

    init(manager: Manager, namespace: String, auth: JSON?) {
        self.manager = manager
        self.namespace = namespace
        self.auth = auth
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

    /// Calls `handler` at each connection; what waited has been sent by then.
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

    private var arrivals: [(ClientError?) -> Void] = []

    private func arrived(_ error: ClientError?) {
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

    // MARK: - From the manager

    /// The connection stands: ask to be let in.
    func connectionOpened() {
        connection += 1
        early = []
        guard let authProvider else { return knock(auth) }
        Task { [connection] in
            let auth = await authProvider()
            if connection == self.connection, active { knock(auth) }
        }
    }

    private func knock(_ auth: JSON?) {
        var json = ""
        if let auth {
            do {
                json = try ArgumentsEncoder.text(of: auth)
            } catch {
                Log.write("auth could not be encoded: \(error)")
            }
        }
        manager.send(SocketIOPacketEncoder.connect(namespace: namespace, json: json))
    }

    func received(_ packet: SocketIOPacket) {
        switch packet {
        case .connect(_, let payload): entered(payload)
        case .event(_, let ackID, let arguments):
            if connected { heard(arguments, ackID) } else { early.append((arguments, ackID)) }
        case .ack(_, let id, let arguments): pendingAcks.take(id)?(.success(arguments))
        case .disconnect:
            left(.serverDisconnect)
            arrived(.disconnected)
        case .connectError(_, let payload): refused(payload)
        }
    }

    private func entered(_ payload: JSONText?) {
        struct Welcome: Decodable { let sid: String }
        guard let welcome = payload?.decode(Welcome.self) else {
            return failed(.transport("the server speaks Socket.IO 2; this client 3 to 4"))
        }
        id = welcome.sid
        for event in early { heard(event.arguments, event.ackID) }
        early = []
        let buffered = waiting
        waiting = []
        for (event, ackID) in buffered { send(event, ackID) }
        arrived(nil)
        for handler in connectHandlers { handler() }
        run(local: "connect")
    }

    private func heard(_ arguments: Arguments, _ ackID: Int?) {
        let name = arguments.eventName
        listeners.take(name).run(name, arguments, Ack(self, id: ackID))
    }

    package func sendAck(_ id: Int, _ arguments: EncodedArguments) {
        guard connected else { return }
        var text: [UInt8] = []
        SocketIOPacketEncoder.appendAck(namespace: namespace, ackID: id, arguments, to: &text)
        manager.send(text, arguments.attachments)
    }

    private func refused(_ payload: JSONText?) {
        struct Refusal: Decodable {
            let message: String
            let data: JSON?
        }
        let refusal = payload?.decode(Refusal.self)
        let text = payload?.decode(String.self)
        let error = ClientError.refused(
            refusal?.message ?? text ?? "the server has refused", data: refusal?.data)
        left(.serverDisconnect)
        for handler in errorHandlers { handler(error) }
        arrived(error)
    }

    /// An attempt to connect has failed; the manager tries again.
    func failed(_ error: ClientError) {
        for handler in errorHandlers { handler(error) }
    }

    /// There will be no further attempt.
    func gaveUp(_ error: ClientError) { arrived(error) }

    /// The connection is gone; the manager tries to get it back.
    func lost(_ reason: ClientDisconnectReason) {
        guard connected else { return }
        id = nil
        // What is still to be sent is still waited for.
        let kept = Set(waiting.compactMap(\.ackID))
        for done in pendingAcks.takeAll(except: kept) { done(.failure(.disconnected)) }
        for handler in disconnectHandlers { handler(reason) }
        run(local: "disconnect", [reason.rawValue])
    }

    private func left(_ reason: ClientDisconnectReason) {
        active = false
        manager.leave(self)
        lost(reason)
        if reason == .clientDisconnect { arrived(.disconnected) }
        for end in ends.values { end() }
        ends = [:]
    }
}

// MARK: - To the server

extension ClientSocket: AckSender, @MainActor Peer {
    /// Sends an event; without a connection it waits for one, in order, unless it is volatile.
    public func deliver(_ event: OutgoingEvent, _ flags: EmitFlags) {
        if flags.isVolatile, !(connected && manager.isWritable) { return }
        send(event, nil)
    }

    /// Sends an event and expects an answer.
    public func ask(
        _ event: OutgoingEvent, _ flags: EmitFlags,
        _ done: @escaping (Result<Arguments, AckError>) -> Void
    ) {
        let ackID = pendingAcks.expect(done)
        send(event, ackID)
        guard let timeout = flags.timeout else { return }
        EventLoop.shared.after(timeout) { [weak self] in
            self?.waiting.removeAll { $0.ackID == ackID }
            self?.pendingAcks.take(ackID)?(.failure(.timedOut))
        }
    }

    private func send(_ event: OutgoingEvent, _ ackID: Int?) {
        guard connected else { return waiting.append((event, ackID)) }
        var text: [UInt8] = []
        SocketIOPacketEncoder.appendEvent(
            namespace: namespace, ackID: ackID, event.arguments, to: &text)
        manager.send(text, event.arguments.attachments)
    }
}
