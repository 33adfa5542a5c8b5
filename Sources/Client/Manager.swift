// A connection to a server that comes back when it is lost, shared by the sockets of all
// namespaces. In: sockets that connect. Out: each packet, to the socket of its namespace.
// Next: EngineClient.swift below, ClientSocket.swift above.

import EngineIOWire
import EngineSockets
import SocketIOEvents
import SocketIOWire

/// A connection to a server, which sockets in several namespaces share:
/// `try Manager("http://localhost:3000").socket("/admin")`
///
/// It opens when the first socket connects, comes back when it is lost (unless `reconnection` is
/// off), and closes when the last socket leaves. It works on the main actor.
public final class Manager: EngineClientDelegate {
    private enum State {
        case idle, opening, open
        /// Waits for the next attempt.
        case waiting
    }

    /// The options that it was made with. They do not change.
    public let options: ClientOptions
    let server: ServerURL
    private var state: State = .idle
    private var engine: EngineClient?
    private var decoder = SocketIOPacketDecoder(limits: .ofServers)
    /// The sockets that are connected, or connect as soon as the connection is open.
    private var active: [WireName: ClientSocket] = [:]
    private var known: [WireName: WeakSocket] = [:]
    private var attempts = 0
    private var timer: LoopTimer?
    private var reconnectHandlers: [(Int) -> Void] = []
    private var attemptHandlers: [(Int) -> Void] = []
    private var failedHandlers: [() -> Void] = []

    private struct WeakSocket { weak var socket: ClientSocket? }

    /// Takes a URL like `http://localhost:3000`. Its query is added to every request; its path is
    /// not used here. Opens no connection yet. Throws `ClientError.invalidURL`.
    public init(_ url: String, _ options: ClientOptions = ClientOptions()) throws {
        server = try ServerURL(url)
        self.options = options
    }

    /// The socket of a namespace (`/admin`, or `admin`). It connects at once if `autoConnect` is
    /// on. For one namespace it is always the same socket, as long as the program keeps a reference
    /// to it; `auth` counts only for a new one.
    public func socket(_ namespace: String = "/", auth: JSON? = nil) -> ClientSocket {
        let name = namespace.utf8.first == UInt8(ascii: "/") ? namespace : "/" + namespace
        if let socket = known[WireName(name)]?.socket {
            if options.autoConnect { socket.connect() }
            return socket
        }
        let socket = ClientSocket(manager: self, namespace: name, auth: auth)
        known[WireName(name)] = WeakSocket(socket: socket)
        if options.autoConnect { socket.connect() }
        return socket
    }

    /// The transport of the open connection: polling until an upgrade. nil: there is none.
    public var transport: ClientTransportName? { state == .open ? engine?.transportName : nil }

    var isWritable: Bool { state == .open && engine?.isWritable == true }

    // MARK: - Reconnecting

    /// Calls `handler` when a lost connection is open again, with the number of attempts it took.
    public func onReconnect(_ handler: @escaping @MainActor (Int) -> Void) {
        reconnectHandlers.append(handler)
    }

    /// Calls `handler` before each attempt to reconnect, with its number from 1.
    public func onReconnectAttempt(_ handler: @escaping @MainActor (Int) -> Void) {
        attemptHandlers.append(handler)
    }

    /// Calls `handler` when the last of `reconnectionAttempts` has failed: no other follows.
    public func onReconnectFailed(_ handler: @escaping @MainActor () -> Void) {
        failedHandlers.append(handler)
    }

    // MARK: - Sockets

    func join(_ socket: ClientSocket) {
        active[WireName(socket.namespace)] = socket
        switch state {
        case .idle: open()
        case .open: socket.connectionOpened()
        case .opening, .waiting: break
        }
    }

    /// The last one to leave ends the connection, and all attempts to get it back.
    func leave(_ socket: ClientSocket) {
        active[WireName(socket.namespace)] = nil
        guard active.isEmpty else { return }
        stopTimer()
        state = .idle
        attempts = 0
        let engine = engine
        self.engine = nil
        engine?.delegate = nil
        engine?.close()
    }

    func send(
        _ text: [UInt8], _ attachments: [[UInt8]] = [], isCompressible: Bool = true
    ) {
        engine?.send(.text(text[...]), isCompressible: isCompressible)
        for attachment in attachments {
            engine?.send(.binary(attachment), isCompressible: isCompressible)
        }
    }

    // MARK: - Opening

    private func open() {
        state = .opening
        let engine = EngineClient(server: server, options: options)
        engine.delegate = self
        self.engine = engine
        decoder = SocketIOPacketDecoder(limits: .ofServers)
        if options.timeout > 0 {
            timer = EventLoop.shared.timer(after: options.timeout) { [weak self] in
                self?.failed(.timeout)
            }
        }
        engine.open()
    }

    func engineOpened(_ engine: EngineClient) {
        stopTimer()
        state = .open
        let attempt = attempts
        attempts = 0
        for socket in active.values { socket.connectionOpened() }
        if attempt > 0 { for handler in reconnectHandlers { handler(attempt) } }
    }

    /// An attempt has failed.
    private func failed(_ error: ClientError) {
        stopTimer()
        engine?.delegate = nil
        engine?.close()
        engine = nil
        state = .idle
        for socket in active.values { socket.attemptFailed(error) }
        reconnect()
        if state == .idle { for socket in active.values { socket.attemptsEnded(error) } }
    }

    // MARK: - In

    func engine(_ engine: EngineClient, received text: ArraySlice<UInt8>) {
        decode { decoder throws(SocketIOError) in try decoder.decode(text: text) }
    }

    func engine(_ engine: EngineClient, received binary: [UInt8]) {
        decode { decoder throws(SocketIOError) in try decoder.decode(binary: binary) }
    }

    private func decode(
        _ next: (inout SocketIOPacketDecoder) throws(SocketIOError) -> SocketIOPacket?
    ) {
        do {
            guard let packet = try next(&decoder) else { return }
            active[WireName(packet.namespace)]?.received(packet)
        } catch {
            engine?.drop(.parseError, "\(error)")
        }
    }

    func engine(_ engine: EngineClient, ended reason: ClientDisconnectReason, _ problem: String) {
        if state == .opening { return failed(.transport(problem)) }
        // The reason alone does not show, for one, that a message was too large.
        if reason == .transportError || reason == .parseError {
            Log.write("the connection was lost (\(reason)): \(problem)")
        }
        self.engine = nil
        state = .idle
        for socket in active.values { socket.connectionLost(reason) }
        reconnect()
    }

    // MARK: - Coming back: after 1 s, 2 s, 4 s, 5 s, 5 s …, each longer or shorter by chance

    private func reconnect() {
        guard state == .idle, options.reconnection, !active.isEmpty else { return }
        guard attempts < options.reconnectionAttempts else {
            attempts = 0
            for handler in failedHandlers { handler() }
            return
        }
        state = .waiting
        attempts += 1
        timer = EventLoop.shared.timer(after: delay(of: attempts)) { [weak self] in
            self?.attempt()
        }
    }

    private func delay(of attempt: Int) -> Int {
        let factor = options.randomizationFactor
        let chance = 1 + Double.random(in: -1...1) * factor
        let doubled = Double(options.reconnectionDelay) * Double(1 << min(attempt - 1, 30))
        return Int(min(doubled * chance, Double(options.reconnectionDelayMax)))
    }

    private func attempt() {
        guard state == .waiting else { return }
        for handler in attemptHandlers { handler(attempts) }
        if state == .waiting { open() }
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
    }
}

extension SocketIOPacket {
    var namespace: String {
        switch self {
        case .connect(let namespace, _), .disconnect(let namespace),
            .event(let namespace, _, _), .ack(let namespace, _, _),
            .connectError(let namespace, _):
            namespace
        }
    }
}
