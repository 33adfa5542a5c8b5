// How a session speaks with a client of Engine.IO 3 and Socket.IO 2: other frames, a heartbeat
// the other way round, and a CONNECT packet without data.
// In and out: what the core would read from or send to a client of today.
// Next: EngineIO/EngineIOHooks.swift, OldPayload.swift, OldClients.swift.

import EngineBytes
import EngineIOWire
import HTTPWire
import SocketIOWire
import EngineSockets
import WebSocketWire

/// Engine.IO 3, and Socket.IO's protocol 4 above it.
final class OldDialect {
    // The session holds its dialect.
    private unowned let session: Session
    /// Milliseconds that a client may be silent.
    private let patience: Int
    /// The moment at which it has been silent too long.
    private var deadline: Int
    /// The moment of the last answer to a ping.
    private var lastPong: Int?

    init(session: Session, options: SocketServerOptions) {
        self.session = session
        patience = options.pingInterval &+ options.pingTimeout
        deadline = EventLoop.shared.now &+ patience
        watch()
    }

    // MARK: - The heartbeat

    /// The client pings, the server answers, and any packet is a sign of life.
    /// Spec: Engine.IO v3 "ping", "pong"
    func takes(_ packet: EngineIOPacket) -> Bool {
        deadline = EventLoop.shared.now &+ patience
        switch packet {
        case .ping(let data):
            answerPing(data)
            return true
        case .pong:
            session.fail(
                .transportError, "the client sent a pong; in Engine.IO 3 it is the one that pings")
            return true
        case .open, .close, .text, .binary, .upgrade, .noop: return false
        }
    }

    /// Over polling, many pings in one body are answered once: their answers would have to wait in
    /// memory for the next poll, and say nothing new.
    private func answerPing(_ data: ArraySlice<UInt8>) {
        let now = EventLoop.shared.now
        if session.transport == .polling, lastPong == now { return }
        lastPong = now
        session.send(OutgoingPacket(text: [UInt8(ascii: "3")] + data))
    }

    /// One timer for each session: unlike the pings of today, they move with each packet.
    private func watch() {
        EventLoop.shared.after(max(1, deadline &- EventLoop.shared.now)) { [weak self] in
            guard let self, self.session.isOpen else { return }
            guard EventLoop.shared.now >= self.deadline else { return self.watch() }
            self.session.end(.pingTimeout)
        }
    }

    // MARK: - Polls

    /// Whether what is sent over the present transport has to be text.
    private var wantsBase64: Bool {
        let head = session.webSocket?.request.head ?? session.request.head
        return head.queryBytes(named: "b64")?.elementsEqual("1".utf8) == true
    }

    /// Text, unless there is something binary that may stay so.
    func body(of packets: [OutgoingPacket]) -> ResponseBody {
        var body: [UInt8] = []
        if packets.contains(where: \.isBinary), !wantsBase64 {
            for packet in packets {
                OldPayload.append(packet.payload, isBinary: packet.isBinary, toBytes: &body)
            }
            return (body, "application/octet-stream")
        }
        for packet in packets {
            let text = packet.isBinary ? OldPayload.text(ofBinary: packet.payload)[...] : nil
            OldPayload.append(text: text ?? packet.payload, to: &body)
        }
        return (body, "text/plain; charset=UTF-8")
    }

    func packets(in request: Request) -> [EngineIOPacket]? {
        let body = request.body[...]
        if request.head.fields["Content-Type"] == "application/octet-stream" {
            return try? OldPayload.decode(bytes: body)
        }
        return UTF8Validator.isValid(body) ? try? OldPayload.decode(text: body) : nil
    }

    // MARK: - WebSocket

    func frame(of packet: OutgoingPacket) -> [UInt8] {
        guard packet.isBinary else { return packet.frame }
        if wantsBase64 {
            return FrameEncoder.encode(.text, OldPayload.text(ofBinary: packet.payload))
        }
        return FrameEncoder.encode(.binary, [4] + packet.payload)
    }

    func packet(text: [UInt8]) throws -> EngineIOPacket { try OldPayload.packet(text: text[...]) }

    func packet(binary: [UInt8]) throws -> EngineIOPacket {
        try OldPayload.packet(binary: binary[...])
    }

    // MARK: - Socket.IO

    /// A namespace could bring a query, and that was what `auth` is today:
    /// `0/admin?token=abc,` becomes `0/admin,{"token":"abc"}`.
    func incoming(_ packet: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let type = packet.first, packet.dropFirst().first == .slash else { return packet }
        let name = packet.dropFirst().prefix { $0 != .comma }
        guard let question = name.firstIndex(of: .questionMark) else { return packet }
        let rest = packet[name.endIndex...]
        var text = [type] + name[..<question]
        guard type == UInt8(ascii: "0"), rest.count <= 1 else { return text[...] + rest }
        text.append(.comma)
        let query = OldClients.query(name[(question + 1)...])
        text.append(contentsOf: (try? ArgumentsEncoder.text(of: query))?.utf8 ?? "{}".utf8)
        return text[...]
    }

    /// CONNECT had no data, and CONNECT_ERROR had the error's data, or else its message:
    /// `0{"sid":…}` becomes `0`, `4{"message":"no"}` becomes `4"no"`.
    func outgoing(_ packet: [UInt8]) -> [UInt8] {
        // A namespace ends with a comma; its name may have braces in it.
        let hasName = packet.dropFirst().first == .slash
        let start = hasName ? packet.firstIndex(of: .comma) ?? 0 : 0
        guard let brace = packet[start...].firstIndex(of: UInt8(ascii: "{")) else { return packet }
        let head = Array(packet[..<brace])
        guard head.first == UInt8(ascii: "4") else { return head }
        guard let error = OldClients.json(packet[brace...]),
            let text = try? ArgumentsEncoder.text(of: error["data"] ?? error["message"])
        else { return head }
        return head + text.utf8
    }
}
