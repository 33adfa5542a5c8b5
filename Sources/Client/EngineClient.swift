// One Engine.IO session at the client: handshake, upgrade, heartbeat, and the queue of packets.
// In: messages to send; packets from a transport. Out: messages; the end, once.
// Next: Transports.swift below, Manager.swift above.

import EngineIOWire
import Foundation
import HTTPWire
import EngineSockets
import SocketIOWire

/// Receives a session's messages, and its end. The manager is one.
protocol EngineClientDelegate: AnyObject {
    func engineOpened(_ engine: EngineClient)
    func engine(_ engine: EngineClient, received text: ArraySlice<UInt8>)
    func engine(_ engine: EngineClient, received binary: [UInt8])
    func engine(_ engine: EngineClient, ended reason: ClientDisconnectReason, _ problem: String)
}

/// The data of the server's first packet.
///
/// Spec: Engine.IO v4 "Handshake"
private struct OpenPacket: Decodable {
    let sid: String
    let upgrades: [String]
    let pingInterval: Int
    let pingTimeout: Int
    let maxPayload: Int?
}

/// The session's id in an open packet.
func sid(in open: ArraySlice<UInt8>) -> String? {
    try? JSONDecoder().decode(OpenPacket.self, from: Data(open)).sid
}

final class EngineClient: ClientTransportDelegate {
    private enum State { case opening, open, closing, closed }

    weak var delegate: (any EngineClientDelegate)?
    private let template: RequestTemplate
    private let options: ClientOptions
    private var target: SessionTarget
    private var state: State = .opening
    private var transport: (any ClientTransport)?
    private var candidate: WebSocketTransport?
    private var isUpgrading = false
    private var waiting: [QueuedPacket] = []
    private var maxPayload = Int.max
    /// Milliseconds until the next ping, at most.
    private var silenceLimit = 0
    private var heartbeat: LoopTimer?
    /// Itself while it closes: the manager has let it go, and its last packets are not yet sent.
    private var retainedWhileClosing: EngineClient?

    init(server: ServerURL, options: ClientOptions) {
        self.options = options
        template = RequestTemplate(server: server, fields: options.extraHeaders)
        let parts = options.path.split(separator: "/")
        let path = parts.isEmpty ? "/" : "/\(parts.joined(separator: "/"))/"
        var components = URLComponents()
        components.queryItems = options.query.sorted { $0.key < $1.key }
            .map { URLQueryItem(name: $0.key, value: $0.value) }
        // A plus sign would be read as a blank.
        let query = components.percentEncodedQuery?.replacingOccurrences(of: "+", with: "%2B")
        let both = [server.query, query ?? ""].filter { !$0.isEmpty }
        target = SessionTarget(path: path, query: both.joined(separator: "&"), sid: nil)
    }

    /// The transport that is used now.
    var transportName: ClientTransportName? {
        transport.map { $0.name == .polling ? .polling : .websocket }
    }

    /// Whether a packet would be sent at once, and would not wait in the queue.
    var isWritable: Bool { state == .open && !isUpgrading && transport?.isWritable == true }

    func open() {
        let size = options.maxMessageSize
        transport =
            options.transports.first == .websocket
            ? WebSocketTransport(target: target, template: template, options)
            : PollingTransport(target: target, template: template, maxMessageSize: size)
        transport?.delegate = self
        transport?.open()
    }

    // MARK: - Out

    func send(_ packet: EngineIOPacket, isCompressible: Bool = true) {
        guard state == .opening || state == .open else { return }
        waiting.append(QueuedPacket(packet: packet, isCompressible: isCompressible))
        flush()
    }

    private func flush() {
        guard state == .open || state == .closing, !isUpgrading, let transport,
            transport.isWritable
        else { return }
        guard !waiting.isEmpty else {
            if state == .closing { end(.forcedClose, "closed here") }
            return
        }
        let count = transport.portion(of: waiting, maxPayload: maxPayload)
        let packets = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        transport.send(packets)
    }

    func transportDrained(_ transport: any ClientTransport) {
        if transport === self.transport { flush() }
    }

    // MARK: - In

    func transport(_ transport: any ClientTransport, received packet: EngineIOPacket) {
        guard state != .closed else { return }
        if transport === candidate { return probed(packet) }
        switch packet {
        case .open(let data): receivedOpen(data)
        case .ping:
            send(.pong([]))
            expectPing()
        case .text(let text): delegate?.engine(self, received: text)
        case .binary(let bytes): delegate?.engine(self, received: bytes)
        case .close, .pong, .upgrade, .noop: break
        }
    }

    private func receivedOpen(_ data: ArraySlice<UInt8>) {
        guard state == .opening else { return }
        guard let answer = try? JSONDecoder().decode(OpenPacket.self, from: Data(data)) else {
            return end(.parseError, "the server's handshake is none of Engine.IO 4")
        }
        target.sid = answer.sid
        maxPayload = answer.maxPayload ?? .max
        silenceLimit = answer.pingInterval + answer.pingTimeout
        state = .open
        expectPing()
        delegate?.engineOpened(self)
        flush()
        if state == .open, options.upgrade, answer.upgrades.contains("websocket"),
            options.transports.contains(.websocket), transport?.name == .polling
        {
            probe()
        }
    }

    private func expectPing() {
        heartbeat?.cancel()
        heartbeat = EventLoop.shared.timer(after: silenceLimit) { [weak self] in
            self?.end(.pingTimeout, "the server has been silent for too long")
        }
    }

    // MARK: - Upgrade: a WebSocket is tried while polling works on

    private func probe() {
        let candidate = WebSocketTransport(target: target, template: template, options)
        self.candidate = candidate
        candidate.delegate = self
        candidate.opened = { [weak candidate] in
            candidate?.send([QueuedPacket(packet: .ping(EngineIOPacket.probe))])
        }
        candidate.open()
    }

    /// The new transport takes over when nothing is under way on the old one. So no packet is lost,
    /// sent twice or overtaken.
    private func probed(_ packet: EngineIOPacket) {
        guard case .pong(let data) = packet, data == EngineIOPacket.probe, !isUpgrading else {
            return dropCandidate()
        }
        isUpgrading = true
        transport?.pause { [self] in
            isUpgrading = false
            guard state == .open || state == .closing else { return }
            if let candidate {
                transport?.delegate = nil
                transport = candidate
                self.candidate = nil
                candidate.send([QueuedPacket(packet: .upgrade)])
            } else {
                transport?.resume()  // the WebSocket broke in the meantime
            }
            flush()
        }
    }

    private func dropCandidate() {
        candidate?.delegate = nil
        candidate?.close()
        candidate = nil
    }

    // MARK: - The end

    /// Closes after the packets in the queue have been sent.
    func close() {
        if state == .opening { return end(.forcedClose, "closed here") }
        guard state == .open else { return }
        state = .closing
        retainedWhileClosing = self
        flush()
    }

    /// Closes at once.
    func drop(_ reason: ClientDisconnectReason, _ problem: String) { end(reason, problem) }

    func transport(
        _ transport: any ClientTransport, ended reason: ClientDisconnectReason, _ problem: String
    ) {
        if transport === candidate { return dropCandidate() }
        if transport === self.transport { end(reason, problem) }
    }

    private func end(_ reason: ClientDisconnectReason, _ problem: String) {
        guard state != .closed else { return }
        state = .closed
        heartbeat?.cancel()
        waiting = []
        dropCandidate()
        transport?.delegate = nil
        transport?.close()
        let delegate = delegate
        self.delegate = nil
        retainedWhileClosing = nil
        delegate?.engine(self, ended: reason, problem)
    }
}
