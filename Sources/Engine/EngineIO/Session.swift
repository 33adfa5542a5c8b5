// One Engine.IO session: a client, whatever it is connected by at the moment. It carries out what
// its state machine decides, and gives messages the same order on every transport.
// In: packets from a poll, a POST or a WebSocket. Out: messages for its delegate; packets for
// the client. Next: Sources/Wire/EngineIO/SessionState.swift below, SocketIO/Client.swift above,
// LongPolling.swift and OverWebSocket.swift beside.

import EngineIOWire
import EngineSockets
import HTTPWire

/// Gets a session's messages.
protocol SessionDelegate: AnyObject {
    func received(text: ArraySlice<UInt8>)
    func received(binary: [UInt8])
    /// The time in which a client has to join a namespace is over.
    func joinTimedOut()
    /// The session is over. Called once.
    func ended(_ reason: DisconnectReason)
}

/// A client's connection as Engine.IO sees it: the reference's `socket.conn`.
public final class Session {
    /// Milliseconds that a client has to fetch what was said before its session was closed.
    private static let closingTime = 30_000

    /// The session's id: 20 characters, and a secret. Any request that names it is taken for the
    /// client's.
    public let sid: String
    /// The request that opened it.
    public var request: Request { keptRequest.value }
    let keptRequest: KeptRequest
    var delegate: (any SessionDelegate)?
    @exclusivity(unchecked) var state: SessionState
    @exclusivity(unchecked) private(set) var phase: Phase = .open
    unowned let server: EngineIOServer
    @exclusivity(unchecked) var webSocket: WebSocketConnection?
    /// A WebSocket that may take over; see OverWebSocket.swift.
    @exclusivity(unchecked) var candidate: WebSocketConnection?
    /// A poll that waits for packets, and packets that wait for a poll; see LongPolling.swift.
    var poll: HTTPExchange?
    @exclusivity(unchecked) var waiting = WaitingPackets()
    /// The connection on which a POST has begun to arrive.
    weak var posting: HTTPConnection?
    var isFlushScheduled = false
    private var isCutOff = false
    /// What More keeps with a session.
    var extras: AnyObject?

    /// The phases of a session.
    enum Phase {
        case open
        /// Closed: its handlers know, and the client fetches what was said before.
        case closing
        /// Closed by the client, which may still have a poll on its way.
        case closedByClient
        case over
    }

    init(sid: String, request: KeptRequest, transport: Transport, server: EngineIOServer) {
        self.sid = sid
        keptRequest = request
        self.server = server
        let options = server.options
        state = SessionState(
            transport: transport, pingInterval: options.pingInterval,
            pingTimeout: options.pingTimeout, upgradeTimeout: options.upgradeTimeout,
            now: EventLoop.shared.now)
    }
    nonisolated deinit {}  // See Ack.

    /// Whether it is not over yet, and has not been closed.
    public var isOpen: Bool { phase == .open }

    /// How the client is connected at the moment: an upgrade changes it.
    public var transport: Transport { state.transport }

    // MARK: - Out

    /// Sends a packet, or queues it until the client polls. After the end: no effect. Inlined: it
    /// takes 20 instructions from each delivery.
    @inline(__always)
    func send(_ packet: OutgoingPacket) {
        guard isOpen else { return }
        if let webSocket, extras == nil, webSocket.extras == nil {
            return webSocket.send(frame: packet.frame)
        }
        sendOtherwise(packet)
    }

    private func sendOtherwise(_ packet: OutgoingPacket) {
        if let webSocket { return webSocket.send(frame: frame(of: packet, over: webSocket)) }
        let limit = server.options.outgoingQueueLimit
        guard waiting.append(packet, limit: limit, now: EventLoop.shared.now) else {
            return cutOff()
        }
        if poll != nil, !isFlushScheduled {
            isFlushScheduled = true
            EventLoop.shared.flushLater(self)
        }
    }

    /// The client has stopped polling. Its handlers hear of it after the turn: this may be in the
    /// middle of a broadcast.
    private func cutOff() {
        guard !isCutOff else { return }
        isCutOff = true
        wasCutOff()
        note(
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

    /// A packet over the session's transport. While it closes, only that the client closes it
    /// itself means something.
    func receive(_ packet: consuming EngineIOPacket) {
        guard isOpen else {
            if case .close = packet { end(.transportClose) }
            return
        }
        guard !takes(packet) else { return }
        let deadline = state.heartbeatDeadline
        carryOut(state.receive(packet, now: EventLoop.shared.now))
        if state.heartbeatDeadline != deadline { server.scheduleHeartbeat(of: self) }
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
        case .endByClient: closedByClient()
        case .endByTimeout: end(.pingTimeout)
        case .fail(let problem): fail(.transportError, problem)
        }
    }

    /// A moment has come that was set for this session.
    func deadlinePassed(_ kind: SessionDeadline, now: Int) {
        switch kind {
        case .ping, .pong:
            // A pong that has come since then has set a later moment.
            guard isOpen, state.heartbeatDeadline <= now else { return }
            carryOut(state.heartbeatDue(now: now))
            if isOpen { server.scheduleHeartbeat(of: self) }
        case .upgrade: if phase != .over { carryOut(state.upgradeDue(now: now)) }
        case .joining: delegate?.joinTimedOut()
        case .closing: closingDue()
        }
    }

    /// Every client gets the same packets of one digit.
    static let closing = OutgoingPacket(text: Array("1".utf8))
    private static let ping = OutgoingPacket(text: Array("2".utf8))
    static let noop = OutgoingPacket(text: Array("6".utf8))

    // MARK: - The end

    /// Closes the session. Its handlers have heard of it when this returns. The client hears of it
    /// when it has taken what was said before, over whatever transport it comes for it.
    func close(_ reason: DisconnectReason) { close(reason, .closing) }

    private func close(_ reason: DisconnectReason, _ next: Phase) {
        guard isOpen else { return }
        phase = next
        if webSocket != nil {
            giveUp()
        } else {
            server.schedule(.closing, of: self, in: Self.closingTime)
            answerPoll()
        }
        report(reason)
    }

    /// The client has closed it. Its last poll may still be on its way, over another connection:
    /// that is answered as one that waits.
    private func closedByClient() {
        guard webSocket == nil, poll == nil else {
            return end(.transportClose, farewell: Self.noop)
        }
        waiting = WaitingPackets()
        close(.transportClose, .closedByClient)
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
        note("a client was disconnected: \(problem)\(what) (\(request.address))")
        end(reason)
    }

    /// A session that closes has answered its client's last poll, or has waited long enough for it.
    func closingDue() {
        if phase == .closing || phase == .closedByClient { giveUp() }
    }

    /// Gives back all that the session holds.
    func giveUp() {
        phase = .over
        waiting = WaitingPackets()
        abandonUpgrade()
        webSocket?.close()
        webSocket = nil
        server.forget(self)
    }

    private func report(_ reason: DisconnectReason) {
        server.clientsCount -= 1
        let delegate = delegate
        self.delegate = nil
        ended()
        delegate?.ended(reason)
    }
}
