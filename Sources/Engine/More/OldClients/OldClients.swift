// `options.allowEIO3 = true`: lets clients of Socket.IO 2 in, which speak Engine.IO 3.
// In: the request that opens a session. Out: what the core's hooks do for such a client.
// Next: OldDialect.swift.

import EngineBytes
import EngineIOWire
import Foundation
import HTTPWire
import SocketIOWire

extension EngineIOServer {
    func understands(_ head: HTTPRequestHead) -> Bool {
        options.allowEIO3 && OldClients.speaks(head)
    }
}

extension Session {
    /// The version of Engine.IO that the client speaks: 4, or 3 if `allowEIO3` let it in.
    public var protocolVersion: Int { speaksVersion4 ? 4 : 3 }

    /// How it speaks, if that is not as today.
    private var dialect: OldDialect? { extras.flatMap { ($0 as? SessionExtras)?.dialect } }

    /// What the core does for a client of today.
    private var core: any SessionHooks { self }

    /// The session begins.
    func beginDialect() {
        guard server.options.allowEIO3, OldClients.speaks(request.head) else { return }
        more.dialect = OldDialect(session: self, options: server.options)
    }

    var speaksVersion4: Bool { dialect == nil }

    func body(of packets: [OutgoingPacket]) -> ResponseBody {
        tellCompressible(packets)
        return dialect?.body(of: packets) ?? core.body(of: packets)
    }

    func packets(in request: Request) throws -> [EngineIOPacket] {
        guard let dialect else {
            return try CompressedBody.explaining(request) { try core.packets(in: request) }
        }
        guard let packets = dialect.packets(in: request) else {
            throw EngineIOPacketError(
                "the body of a POST was no payload of Engine.IO 3: expected length, colon, packet")
        }
        return packets
    }

    func frame(of packet: OutgoingPacket, over webSocket: WebSocketConnection) -> [UInt8] {
        let frame = dialect?.frame(of: packet) ?? packet.frame
        return packet.isCompressible ? webSocket.outgoing(frame) : frame
    }

    func packet(text: [UInt8]) throws -> EngineIOPacket {
        try dialect?.packet(text: text) ?? core.packet(text: text)
    }

    func packet(binary: [UInt8]) throws -> EngineIOPacket {
        try dialect?.packet(binary: binary) ?? .binary(binary)
    }

    func takes(_ packet: EngineIOPacket) -> Bool { dialect?.takes(packet) ?? false }

    func incoming(_ packet: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        dialect?.incoming(packet) ?? packet
    }

    func outgoing(_ packet: [UInt8]) -> [UInt8] { dialect?.outgoing(packet) ?? packet }
}

/// Knows clients of Engine.IO 3.
enum OldClients {
    /// As in the reference, no version at all is version 3.
    static func speaks(_ head: HTTPRequestHead) -> Bool {
        guard head.queryBytes(named: "j") == nil else { return false }
        return head.queryBytes(named: "EIO")?.elementsEqual("3".utf8) ?? true
    }

    /// A query's names and values; of a name that comes twice, the first.
    static func query(_ text: ArraySlice<UInt8>) -> [String: String] {
        var values: [String: String] = [:]
        for item in text.split(separator: .ampersand) {
            let parts = item.split(
                separator: .equals, maxSplits: 1, omittingEmptySubsequences: false)
            let words = parts.map { part in
                let text = String(decoding: part, as: UTF8.self)
                return text.replacing("+", with: " ").removingPercentEncoding ?? text
            }
            if values[words[0]] == nil { values[words[0]] = words.count > 1 ? words[1] : "" }
        }
        return values
    }

    /// A JSON object that this server has written.
    static func json(_ text: ArraySlice<UInt8>) -> JSON? {
        var decoder = SocketIOPacketDecoder()
        guard case .connect(_, let payload) = try? decoder.decode(text: [0x30] + text) else {
            return nil
        }
        return payload?.decode(JSON.self)
    }
}
