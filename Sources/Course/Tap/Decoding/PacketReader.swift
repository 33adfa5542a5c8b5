// Engine.IO packets, in messages and in the bodies of polls, and what is in them.
// In: a message or a body, whole. Out: its meaning: layers, a summary, what was wrong.
// Spec: Engine.IO v4 "Packet encoding". Next: PacketLayers.swift.

import EngineBytes
import EngineIOWire
import SocketIOWire

/// Reads packets. It remembers the ones whose attachments are still to come, by session and way.
nonisolated struct PacketReader {
    /// A packet that waits for attachments.
    struct Unfinished {
        var decoder: SocketIOPacketDecoder
        /// The number of its observation.
        let number: Int
        let summary: String
        let count: Int
        var received = 0
    }

    /// So many packets of one body are shown: a body with more is a flood.
    private static let mostShown = 1_000

    var unfinished: [String: Unfinished] = [:]

    /// What a packet's digit means.
    private static let names = ["open", "close", "ping", "pong", "message", "upgrade", "noop"]

    /// A WebSocket message. `number` is that of the observation that it becomes a part of.
    mutating func message(
        _ bytes: [UInt8], isText: Bool, _ session: String, _ number: Int
    ) -> Meaning {
        isText
            ? packet(bytes[...], session, number)
            : binary(bytes, place: 0..<bytes.count, session, number)
    }

    /// The body of a poll's answer or of a POST: packets with 0x1E between them.
    mutating func payload(_ body: [UInt8], _ session: String, _ number: Int) -> Meaning {
        let parts = body.split(
            separator: EngineIOPayload.separator, omittingEmptySubsequences: false)
        let meanings = parts.map { part in
            part.first == UInt8(ascii: "b")
                ? base64(part, session, number) : packet(part, session, number)
        }
        let shown = meanings.prefix(Self.mostShown)
        var whole = Meaning(
            summary: escapedForLog(shown.map(\.summary).joined(separator: ", ")))
        whole.layers = shown.flatMap(\.layers)
        whole.problems = shown.flatMap(\.problems)
        whole.isHeartbeat = meanings.allSatisfy(\.isHeartbeat)
        whole.belongsTo = meanings.compactMap(\.belongsTo).first { $0 != number }
        return whole
    }

    /// A text packet: a digit and its data.
    private mutating func packet(
        _ text: ArraySlice<UInt8>, _ session: String, _ number: Int
    ) -> Meaning {
        let start = text.startIndex
        let packet: EngineIOPacket
        do throws(EngineIOPacketError) {
            packet = try EngineIOPacket.decode(text: text)
        } catch {
            let layer = Layer("no Engine.IO packet", text: text)
            return Meaning(summary: said("malformed"), layers: [layer], problems: ["\(error)"])
        }
        let name = Self.names[Int(text[start] - 0x30)]
        let data = text.dropFirst()
        var meaning = Meaning(summary: name)
        if case .text = packet {
            meaning = socketIO(data, session, number)
        } else if !data.isEmpty {
            meaning.summary += " " + escapedForLog(String(decoding: data, as: UTF8.self))
            meaning.layers = [Layer("data", text: data)]
        }
        switch packet {
        case .ping, .pong: meaning.isHeartbeat = data.isEmpty
        default: break
        }
        let type = Layer("type", start..<(start + 1), in: .content, name)
        meaning.layers = [Layer("Engine.IO packet", text: text, [type] + meaning.layers)]
        return meaning
    }

    /// A binary packet within text: `b` and base64.
    private mutating func base64(
        _ part: ArraySlice<UInt8>, _ session: String, _ number: Int
    ) -> Meaning {
        guard let bytes = Base64.decode(part.dropFirst()) else {
            let layer = Layer("no Engine.IO packet", text: part)
            let problem = "\(EngineIOPayload.badBase64)"
            return Meaning(summary: said("malformed"), layers: [layer], problems: [problem])
        }
        return binary(bytes, place: part.indices, session, number)
    }
}
