// One Engine.IO session: a client, whatever it is connected by at the moment. It carries out what
// its state machine decides, and gives messages the same order on every transport.
// In: packets from a poll, a POST or a WebSocket. Out: messages for its delegate; packets for
// the client. Next: EngineIOWire/SessionState.swift below, SocketIO/Client.swift above,
// Upgrade.swift beside.

import EngineIOWire
import HTTPWire
import Sockets
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
    /// Over so many waiting bytes a polling client is cut off: it has stopped polling.
    private static let queueLimit = TCPStream.defaultQueueLimit

    /// So many packets go into one answer to a poll; the others wait for the next one, which
    /// follows at once. python-engineio closes the connection over more.
    private static let packetsPerPoll = 16

    /// Known to this client alone: whoever has it can speak in its name.
    public let sid: String
    /// The request that opened it.
    public let request: Request
    var delegate: (any SessionDelegate)?
    /// How it speaks, where that is not as today; see More/OldDialect.swift.
    var dialect: (any SessionDialect)?
    var state: SessionState
    /// Whether it is not over yet.
    public private(set) var isOpen = true
    unowned let server: EngineIOServer
    var webSocket: WebSocketConnection?
    /// A WebSocket that may take over; see Upgrade.swift.
    var upgrade: UpgradeAttempt?
    var upgradeHandlers: [() -> Void] = []
    private var poll: HTTPExchange?
    private var waiting: [OutgoingPacket] = []
    private var waitingBytes = 0
    private var isFlushScheduled = false
    private var isCutOff = false

    init(sid: String, request: Request, transport: Transport, server: EngineIOServer) {
        self.sid = sid
        self.request = request
        self.server = server
        state = SessionState(
            transport: transport.wire, timing: server.options.timing, now: EventLoop.shared.now)
    }

    /// How it is connected at the moment.
    public var transport: Transport { state.transport == .polling ? .polling : .websocket }

    /// Calls `handler` when WebSocket has taken over from polling.
    public func onUpgrade(_ handler: @escaping () -> Void) { upgradeHandlers.append(handler) }

    // MARK: - Out

    /// Sends a packet, or queues it until the client polls. After the end: no effect.
    func send(_ packet: OutgoingPacket) {
        guard isOpen else { return }
        if let webSocket {
            webSocket.send(frame: dialect?.frame(of: packet) ?? packet.frame)
            return
        }
        // Counted before it is added: a single message may be larger than the limit.
        guard waitingBytes <= Self.queueLimit else { return cutOff() }
        waiting.append(packet)
        waitingBytes += packet.payloadSize
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
        EventLoop.shared.runLater { self.end(.transportError) }
    }

    /// Whether a packet sent now leaves now: a poll waits, or the WebSocket has room.
    var isWritable: Bool {
        if let webSocket { return isOpen && !webSocket.stream.isBacklogged }
        return isOpen && poll != nil
    }

    /// Takes packets out of the queue, those first that have waited longest.
    func takeWaiting(atMost limit: Int = .max) -> [OutgoingPacket] {
        let taken = Array(waiting.prefix(limit))
        waiting = Array(waiting.dropFirst(limit))
        waitingBytes = waiting.isEmpty ? 0 : waitingBytes - taken.reduce(0) { $0 + $1.payloadSize }
        return taken
    }

    // MARK: - In

    /// A packet over the session's transport.
    func receive(_ packet: EngineIOPacket) {
        guard isOpen, dialect?.takes(packet) != true else { return }
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
        case .end(.closedByClient): end(.transportClose)
        case .end(.pingTimeout): end(.pingTimeout)
        case .end(.protocolViolation): end(.transportError)
        }
    }

    /// The moment that the heartbeat has set for itself.
    func heartbeatDue(now: Int) {
        guard isOpen else { return server.forget(self) }
        carryOut(state.heartbeatDue(now: now))
        if isOpen { server.scheduleHeartbeat(of: self) }
    }

    /// Every client gets the same ping, and the same noop.
    private static let ping = OutgoingPacket(text: Array("2".utf8))
    private static let noop = OutgoingPacket(text: Array("6".utf8))

    // MARK: - The end

    /// Closes the session. What is queued for a polling client, its next poll will still fetch.
    func close(_ reason: DisconnectReason) {
        guard isOpen else { return }
        if webSocket == nil { waiting.append(OutgoingPacket(text: Array("1".utf8))) }
        finish(reason)
    }

    /// The session is over by the client's doing: nothing is left to say to it.
    func end(_ reason: DisconnectReason) {
        guard isOpen else { return }
        waiting = []
        finish(reason)
    }

    private func finish(_ reason: DisconnectReason) {
        isOpen = false
        server.ended()
        upgrade?.connection.close()
        upgrade = nil
        webSocket?.close()
        webSocket = nil
        // A poll that waits gets what there is; without one, the queue waits for the next poll.
        if poll != nil { answerPoll() }
        if waiting.isEmpty { server.forget(self) }
        let delegate = delegate
        self.delegate = nil
        upgradeHandlers = []
        delegate?.ended(reason)
    }
}

// MARK: - Long-polling

extension Session: Flushable, ExchangeObserver {
    /// A GET: answered when there is something to say.
    func poll(_ exchange: HTTPExchange) {
        guard poll == nil else {
            // Two polls at once: nobody could say in which order their answers arrive.
            exchange.respond(server.refusal(.badRequest, exchange.request.head))
            return end(.transportError)
        }
        exchange.observer = self
        poll = exchange
        if !waiting.isEmpty || state.isUpgrading || !isOpen { answerPoll() }
    }

    /// At the end of a turn: everything that was sent during it, in one answer.
    package func flush() {
        isFlushScheduled = false
        if poll != nil, !waiting.isEmpty { answerPoll() }
    }

    func answerPoll() {
        guard let exchange = poll else { return }
        poll = nil
        var packets = takeWaiting(atMost: Self.packetsPerPoll)
        // A noop: the poll has to end, and there is nothing to say.
        if packets.isEmpty { packets = [Self.noop] }
        exchange.respond(server.pollResponse(body(of: packets), exchange.request.head))
        if !isOpen, waiting.isEmpty { server.forget(self) }
    }

    func exchangeAborted(_ exchange: HTTPExchange) {
        guard exchange === poll else { return }
        poll = nil
        end(.transportError)
    }

    /// A POST: packets from the client, all or none.
    func post(_ exchange: HTTPExchange) {
        let request = exchange.request
        guard let packets = packets(in: request) else {
            exchange.respond(server.refusal(.badRequest, request.head))
            return end(.parseError)
        }
        for packet in packets { receive(packet) }
        exchange.respond(server.postResponse(request.head))
    }
}

// MARK: - WebSocket

extension Session: WebSocketHandler {
    func received(text: [UInt8]) {
        do {
            receive(try dialect?.packet(text: text) ?? EngineIOPacket.decode(text: text[...]))
        } catch {
            end(.parseError)
        }
    }

    func received(binary: [UInt8]) {
        do {
            receive(try dialect?.packet(binary: binary) ?? .binary(binary))
        } catch {
            end(.parseError)
        }
    }

    func webSocketClosed(_ end: WebSocketEnd) {
        webSocket = nil
        let wasBroken = end.wasTooSlow || end.code == .protocolError || end.code == .messageTooBig
        self.end(wasBroken ? .transportError : .transportClose)
    }
}
