// Socket.IO packets and their attachments. The wire module says whether a packet is good; where its
// parts lie is found here. In: the data of a message packet. Out: its meaning.
// Spec: Socket.IO v5 "Packet encoding". Next: PacketReader.swift.

import CourseLanguage
import EngineBytes
import SocketIOWire

extension PacketReader {
    private nonisolated static let types: [Sentence] = [
        "connect", "disconnect", "event", "acknowledgement", "connect error", "binary event",
        "binary acknowledgement",
    ]

    private nonisolated static let limits: SocketIOLimits = {
        var limits = SocketIOLimits()
        limits.attachments = 1_000
        return limits
    }()

    /// A text: the packet, or the part of it before its attachments.
    nonisolated mutating func socketIO(
        _ text: ArraySlice<UInt8>, _ session: String, _ number: Int
    ) -> Meaning {
        var meaning = parts(of: text)
        if var packet = unfinished.removeValue(forKey: session) {
            meaning.problems += Self.problems { () throws(SocketIOError) in
                try packet.decoder.decode(text: text)
            }
        }
        var decoder = SocketIOPacketDecoder(limits: Self.limits)
        do throws(SocketIOError) {
            if try decoder.decode(text: text) == nil {
                let count = text.dropFirst().prefix(while: \.isDigit).decimalNumber ?? 0
                unfinished[session] = Unfinished(
                    decoder: decoder, number: number, summary: meaning.summary, count: count)
            }
        } catch {
            meaning.problems.append("\(error)")
        }
        return meaning
    }

    /// What the decoder says of a message that it refuses.
    private nonisolated static func problems(
        _ decode: () throws(SocketIOError) -> SocketIOPacket?
    ) -> [String] {
        do throws(SocketIOError) { _ = try decode() } catch { return ["\(error)"] }
        return []
    }

    /// A binary message; `place` is where it lies in the content, perhaps as base64.
    nonisolated mutating func binary(
        _ bytes: [UInt8], place: Range<Int>, _ session: String, _ number: Int
    ) -> Meaning {
        var meaning = Meaning(summary: said("binary, \(bytes.count) bytes"))
        if var packet = unfinished.removeValue(forKey: session) {
            packet.received += 1
            meaning.belongsTo = packet.number
            let (received, count) = (packet.received, packet.count)
            meaning.summary = said(
                "attachment \(received) of \(count), \(bytes.count) bytes, of \(packet.summary)")
            do throws(SocketIOError) {
                if try packet.decoder.decode(binary: bytes) == nil { unfinished[session] = packet }
            } catch {
                meaning.problems = ["\(error)"]
            }
        } else {
            var decoder = SocketIOPacketDecoder()
            meaning.problems = Self.problems { () throws(SocketIOError) in
                try decoder.decode(binary: bytes)
            }
        }
        meaning.layers = [Layer("Engine.IO packet", place, in: .content, meaning.summary)]
        return meaning
    }

    /// Type, number of attachments, namespace, id, JSON: each if it is there.
    private nonisolated func parts(of text: ArraySlice<UInt8>) -> Meaning {
        guard let first = text.first?.digitValue, first < Self.types.count else {
            let layer = Layer("no Socket.IO packet", text: text)
            return Meaning(summary: said("malformed"), layers: [layer])
        }
        var layers: [Layer] = []
        var rest = text.dropFirst()
        func take(_ name: Sentence, _ part: ArraySlice<UInt8>) -> String {
            rest = rest.dropFirst(part.count)
            if !part.isEmpty { layers.append(Layer(name, text: part)) }
            return String(decoding: part, as: UTF8.self)
        }
        let type = Self.types[Int(first)].text
        let place = text.startIndex..<(text.startIndex + 1)
        layers.append(Layer("type", place, in: .content, type))
        var summary = type
        if first >= 5 {
            let digits = rest.prefix(while: \.isDigit)
            _ = take("attachments", rest.prefix(digits.count + 1))
        }
        if rest.first == .slash {
            let name = rest.prefix { $0 != .comma }
            let count = min(name.count + 1, rest.count)
            summary += " " + take("namespace", rest.prefix(count)).prefix(name.count)
        }
        let id = take("acknowledgement id", rest.prefix(while: \.isDigit))
        if !id.isEmpty { summary += " \(id)" }
        if !rest.isEmpty { summary += " " + take("JSON", rest) }
        return Meaning(
            summary: escapedForLog(summary), layers: [Layer("Socket.IO packet", text: text, layers)]
        )
    }
}
