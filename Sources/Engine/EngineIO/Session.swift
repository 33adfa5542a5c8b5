// One Engine.IO session: a client, whatever it is connected by at the moment. It carries out what
// its state machine decides, and gives messages the same order on every transport.
// In: packets from a poll, a POST or a WebSocket. Out: messages for its delegate; packets for
// the client. Next: EngineIOWire/SessionState.swift below, SocketIO/Client.swift above,
// LongPolling.swift, OverWebSocket.swift and Upgrade.swift beside.

import EngineIOWire
import HTTPWire
import EngineSockets
import WebSocketWire

/// Who gets a session's messages.
protocol SessionDelegate: AnyObject {
    func received(text: ArraySlice<UInt8>)
    func received(binary: [UInt8])
    /// The session is over. Called once.
    func ended(_ reason: DisconnectReason)
}

/// A client's connection as Engine.IO sees it: the reference's `socket.conn`.
public final class Session {
    /// Known to this client alone: whoever has it can speak in its name.
    public let sid: String
    /// The request that opened it.
    public let request: Request
    var delegate: (any SessionDelegate)?
    /// How it speaks, where that is not as today; see More/OldDialect.swift.
    var dialect: (any SessionDialect)?
    var state: SessionState
    /// How far it is.
    private(set) var phase: Phase = .open
    unowned let server: EngineIOServer
    var webSocket: WebSocketConnection?
    /// A WebSocket that may take over; see Upgrade.swift.
    var upgrade: UpgradeAttempt?
    var upgradeHandlers: [() -> Void] = []
    /// A poll that waits for packets, and packets that wait for a poll; see LongPolling.swift.
    var poll: HTTPExchange?
    var waiting = WaitingPackets()
    /// The connection on which a POST has begun to arrive.
    weak var posting: HTTPConnection?
    /// Whether it was the client that closed the session.
    private(set) var saidGoodbye = false
    var isFlushScheduled = false
    private var isCutOff = false

    /// The phases of a session.
    enum Phase {
        case open
        /// Closed here: its handlers know, and the client fetches what was said before.
        case closing
        case over
    }

    init(sid: String, request: Request, transport: Transport, server: EngineIOServer) {
        self.sid = sid
        self.request = request
        self.server = server
        state = SessionState(
            transport: transport.wire, timing: server.options.timing, now: EventLoop.shared.now)
    }

    /// Whether it is not over yet, and has not been closed.
    public var isOpen: Bool { phase == .open }

    /// How it is connected at the moment.
    public var transport: Transport { state.transport == .polling ? .polling : .websocket }

    /// Calls `handler` when WebSocket has taken over from polling.
    public func onUpgrade(_ handler: @escaping () -> Void) { upgradeHandlers.append(handler) }

    // MARK: - Out

    /// Sends a packet, or queues it until the client polls. After the end: no effect.
    func send(_ packet: OutgoingPacket) {
        guard isOpen else { return }
        if let webSocket { return transmit(packet, over: webSocket) }
        let limit = server.options.outgoingQueueLimit
        guard waiting.append(packet, limit: limit, now: EventLoop.shared.now) else {
            return cutOff()
        }
        if poll != nil, !isFlushScheduled {
            isFlushScheduled = true
            EventLoop.shared.flushLater(self)
        }
    }

    func transmit(_ packet: OutgoingPacket, over webSocket: WebSocketConnection) {
        webSocket.send(frame: dialect?.frame(of: packet) ?? packet.frame)
    }

    /// The client has stopped polling. Its handlers hear of it after the turn: this may be in the
    /// middle of a broadcast.
    private func cutOff() {
        guard !isCutOff else { return }
        isCutOff = true
        Log.write(
            "a client was disconnected: too much waits for its next poll "
                + "(SocketServerOptions.outgoingQueueLimit)")
        EventLoop.shared.runLater { self.end(.transportError) }
    }

    /// Whether a packet sent now leaves now: a poll waits, or the WebSocket has room.
    var isWritable: Bool {
        if let webSocket { return isOpen && !webSocket.stream.isBacklogged }
        return isOpen && poll != nil
    }

    // MARK: - In

    /// A packet over the session's transport.
    func receive(_ packet: EngineIOPacket) {
        guard isOpen else { return receiveWhileClosing(packet) }
        guard dialect?.takes(packet) != true else { return }
        let deadline = state.heartbeatDeadline
        carryOut(state.receive(packet, now: EventLoop.shared.now))
        if state.heartbeatDeadline != deadline { server.scheduleHeartbeat(of: self) }
    }

    /// Only that the client hangs up itself means something now.
    private func receiveWhileClosing(_ packet: EngineIOPacket) {
        if case .close = packet { end(.transportClose) }
    }

    func carryOut(_ action: SessionAction) {
        switch action {
        case .none: break
        case .deliverText(let text): delegate?.received(text: text)
        case .deliverBinary(let bytes): delegate?.received(binary: bytes)
        case .sendPing: send(Self.ping)
        case .answerProbe: answerProbe()
        case .completeUpgrade: completeUpgrade()
        case .abandonUpgrade: abandonUpgrade()
        case .end(.closedByClient): closedByClient()
        case .end(.pingTimeout): end(.pingTimeout)
        case .end(.protocolViolation(let problem)): fail(.transportError, problem)
        }
    }

    /// The moment that the heartbeat has set for itself.
    func heartbeatDue(now: Int) {
        guard isOpen else { return }
        carryOut(state.heartbeatDue(now: now))
        if isOpen { server.scheduleHeartbeat(of: self) }
    }

    /// Every client gets the same packets of one digit.
    static let closing = OutgoingPacket(text: Array("1".utf8))
    private static let ping = OutgoingPacket(text: Array("2".utf8))
    static let noop = OutgoingPacket(text: Array("6".utf8))

    // MARK: - The end

    /// Closes the session. Its handlers have heard of it when this returns. The client hears of it
    /// when it has taken what was said before, over whatever transport it comes for it.
    func close(_ reason: DisconnectReason) {
        guard isOpen else { return }
        phase = .closing
        if webSocket != nil {
            giveUp()
        } else {
            server.scheduleClosing(of: self)
            answerPoll()
        }
        report(reason)
    }

    /// The session is over by the client's doing: nothing is left to say to it. A poll that waits
    /// is answered by `farewell`.
    func end(_ reason: DisconnectReason, farewell: OutgoingPacket = closing) {
        guard phase != .over else { return }
        let wasOpen = isOpen
        phase = .over
        answerPoll(with: [farewell])
        giveUp()
        if wasOpen { report(reason) }
    }

    /// The client has broken the rules: the log says which, and by what.
    func fail(_ reason: DisconnectReason, _ problem: String, _ arrived: [UInt8] = []) {
        guard phase != .over else { return }
        let excerpt = String(decoding: arrived.prefix(60), as: UTF8.self)
        let what = arrived.isEmpty ? "" : "; it sent \"\(excerpt)\"\(arrived.count > 60 ? "…" : "")"
        Log.write("a client was disconnected: \(problem)\(what) (\(request.address))")
        end(reason)
    }

    /// The client has said goodbye. Its last poll may still be on its way, over another connection:
    /// that is answered as one that waits.
    private func closedByClient() {
        guard webSocket == nil, poll == nil else {
            return end(.transportClose, farewell: Self.noop)
        }
        waiting = WaitingPackets()
        saidGoodbye = true
        close(.transportClose)
    }

    /// The client has not come for the last packets.
    func closingDue() {
        if phase == .closing { giveUp() }
    }

    /// Gives back all that the session holds.
    func giveUp() {
        phase = .over
        waiting = WaitingPackets()
        upgrade?.connection.close()
        upgrade = nil
        webSocket?.close()
        webSocket = nil
        server.forget(self)
    }

    private func report(_ reason: DisconnectReason) {
        server.ended()
        let delegate = delegate
        self.delegate = nil
        upgradeHandlers = []
        delegate?.ended(reason)
    }
}
