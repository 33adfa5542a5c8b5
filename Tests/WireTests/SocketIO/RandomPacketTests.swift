// Random events from one end to the other, through all layers at once: packed, framed or put into a
// payload, cut into pieces wherever the network likes, and unpacked.
// In: seeds. Out: what went in. Next: Tests/fuzz/Fuzz.swift, which does it with bytes of any kind.

import EngineIOWire
import Foundation
import SocketIOWire
import TestSupport
import Testing
import WebSocketWire

/// An event as its sender sees it.
private struct Sent: Equatable {
    var namespace: String
    var ackID: Int?
    var value: JSON
    var data: [Data]
}

@Suite("Random events, through all layers")
struct RandomPacketTests {
    private func event(_ random: inout SeededGenerator) -> Sent {
        let namespaces = ["/", "/admin", "/a/b-c", "/é"]
        let data = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            Data(
                (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                    .random(in: 0...255, using: &random)
                })
        }
        return Sent(
            namespace: namespaces.randomElement(using: &random) ?? "/",
            ackID: Bool.random(using: &random) ? Int.random(in: 0...Int.max, using: &random) : nil,
            value: randomValue(3, &random), data: data)
    }

    /// The text of the packet, with Engine.IO's type in front, and its attachments.
    private func packed(_ sent: Sent) throws -> (text: [UInt8], attachments: [[UInt8]]) {
        var encoder = ArgumentsEncoder(eventName: "event")
        try encoder.append(sent.value)
        try encoder.append(sent.data)
        let arguments = encoder.finish()
        var text = Array("4".utf8)
        SocketIOPacketEncoder.appendEvent(
            namespace: sent.namespace, ackID: sent.ackID, arguments, to: &text)
        return (text, arguments.attachments)
    }

    /// Takes what a session would hand on.
    private struct Receiver {
        var decoder = SocketIOPacketDecoder()
        var heard: [Sent] = []

        mutating func take(_ packet: EngineIOPacket) throws {
            let event: SocketIOPacket?
            switch packet {
            case .text(let text): event = try decoder.decode(text: text)
            case .binary(let bytes): event = try decoder.decode(binary: bytes)
            default: return
            }
            guard case .event(let namespace, let ackID, let arguments)? = event else { return }
            heard.append(
                Sent(
                    namespace: namespace, ackID: ackID,
                    value: try arguments.decode(JSON.self, at: 0),
                    data: try arguments.decode([Data].self, at: 1)))
        }
    }

    /// One message as frames: in fragments, with pings between them.
    private func frames(
        _ opcode: WebSocketOpcode, _ payload: [UInt8], _ random: inout SeededGenerator
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = payload[...]
        var next = opcode
        while Int.random(in: 0..<3, using: &random) == 0 {
            let part = rest.prefix(Int.random(in: 0...rest.count, using: &random))
            bytes += FrameEncoder.encodeMasked(
                next, part, key: .random(in: 0 ... .max, using: &random), isFinal: false)
            rest = rest.dropFirst(part.count)
            next = .continuation
            if Bool.random(using: &random) {
                bytes += FrameEncoder.encodeMasked(.ping, [1, 2], key: 7, isFinal: true)
            }
        }
        return bytes
            + FrameEncoder.encodeMasked(
                next, rest, key: .random(in: 0 ... .max, using: &random), isFinal: true)
    }

    @Test("over WebSocket: in fragments, between pings, cut at random", arguments: 1...20)
    func webSocket(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sent = (0..<20).map { _ in event(&random) }
        var bytes: [UInt8] = []
        for event in sent {
            let (text, attachments) = try packed(event)
            bytes += frames(.text, text, &random)
            for attachment in attachments { bytes += frames(.binary, attachment, &random) }
        }
        var decoder = MessageDecoder(role: .server)
        var receiver = Receiver()
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...300, using: &random))
            rest = rest.dropFirst(piece.count)
            decoder.feed(piece)
            while let message = try decoder.next() {
                switch message {
                case .text(let text): try receiver.take(EngineIOPacket.decode(text: text[...]))
                case .binary(let bytes): try receiver.take(.binary(bytes))
                default: break
                }
            }
        }
        #expect(receiver.heard == sent)
    }

    @Test("over long-polling: as many in a payload as there are", arguments: 1...20)
    func polling(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sent = (0..<20).map { _ in event(&random) }
        var receiver = Receiver()
        var rest = sent[...]
        while !rest.isEmpty {
            var body: [UInt8] = []
            for event in rest.prefix(Int.random(in: 1...4, using: &random)) {
                let (text, attachments) = try packed(event)
                EngineIOPayload.append(text[...], isBinary: false, to: &body)
                for bytes in attachments {
                    EngineIOPayload.append(bytes[...], isBinary: true, to: &body)
                }
                rest = rest.dropFirst()
            }
            for packet in try EngineIOPayload.decode(body[...]) { try receiver.take(packet) }
        }
        #expect(receiver.heard == sent)
    }
}
