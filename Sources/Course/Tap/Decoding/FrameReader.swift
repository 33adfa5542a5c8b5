// WebSocket frames, as they are: a frame that breaks the rules is shown, and the next one is found
// behind it. (The engine's decoder refuses it, and knows no beginning of the next.)
// In: bytes in pieces of any size. Out: frames. Spec: RFC 6455 §5.2. Next: MessageReader.swift.

import CourseLanguage
import EngineBytes
import WebSocketWire

/// A frame with the bytes that it came in.
nonisolated struct WireFrame {
    let wire: [UInt8]
    /// First byte and length, without the key.
    let headCount: Int
    let isMasked: Bool
    /// Without the mask.
    let payload: [UInt8]

    var isFinal: Bool { wire[0] & 0x80 != 0 }
    var reservedBits: UInt8 { wire[0] & 0x70 }
    var opcode: UInt8 { wire[0] & 0x0F }
    var isControl: Bool { opcode & 0x8 != 0 }

    /// `text`, `ping`; for a number without a meaning `opcode 3`.
    var name: String {
        WebSocketOpcode(rawValue: opcode).map { "\($0)" } ?? "opcode \(opcode)"
    }

    /// `81` last frame, text; `9a` masked, 26 bytes; the key; the payload.
    var layers: [Layer] {
        let key = headCount..<(headCount + (isMasked ? 4 : 0))
        let last: Sentence = isFinal ? "last frame, \(name)" : "more to come, \(name)"
        let first: Sentence = reservedBits == 0 ? last : "\(last), reserved bits"
        let (count, bytes) = (payload.count, said("\(payload.count) bytes"))
        let length: Sentence = isMasked ? "masked, \(count) bytes" : "not masked, \(count) bytes"
        var layers = [
            Layer("first byte", 0..<1, in: .wire, first.text),
            Layer("length", 1..<headCount, in: .wire, length.text),
        ]
        if isMasked { layers.append(Layer("masking key", key, in: .wire, "")) }
        let isShort = isControl || payload.isEmpty
        let text = isShort ? String(decoding: payload, as: UTF8.self) : bytes
        layers.append(Layer("payload", key.upperBound..<wire.count, in: .wire, text))
        return [Layer("WebSocket frame", 0..<wire.count, in: .wire, name, layers)]
    }

    /// What is wrong with the frame by itself.
    func problems(_ way: Way, isCompressed: Bool) -> [WebSocketError] {
        var problems: [WebSocketError] = []
        let allowed: UInt8 = isCompressed && !isControl ? 0x40 : 0
        if reservedBits & ~allowed != 0 { problems.append(.reservedBits) }
        if WebSocketOpcode(rawValue: opcode) == nil { problems.append(.reservedOpcode(opcode)) }
        if isMasked != (way == .toServer) { problems.append(isMasked ? .masked : .notMasked) }
        if isControl, !isFinal { problems.append(.fragmentedControlFrame) }
        if isControl, payload.count > 125 { problems.append(.controlFrameTooLong) }
        let needed = payload.count < 126 ? 2 : payload.count < 65_536 ? 4 : 10
        if headCount > needed { problems.append(.lengthNotMinimal) }
        return problems
    }
}

/// Reads the frames of one way.
nonisolated struct FrameReader {
    /// A longer frame is not kept: nothing after it can be decoded.
    static let longest = 16_777_216

    private var buffer: [UInt8] = []
    private var position = 0

    /// What belongs to no frame that was handed out.
    var rest: ArraySlice<UInt8> { buffer[position...] }

    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        buffer.removeFirst(position)
        position = 0
        buffer.append(contentsOf: bytes)
    }

    /// The next frame; nil: not all of it is there.
    mutating func next() throws(WebSocketError) -> WireFrame? {
        guard rest.count >= 2 else { return nil }
        let second = buffer[position + 1]
        let short = Int(second & 0x7F)
        let headCount = short == 126 ? 4 : short == 127 ? 10 : 2
        guard rest.count >= headCount else { return nil }
        var length = UInt64(short)
        if headCount > 2 {
            length = rest.prefix(headCount).dropFirst(2).reduce(0) { $0 << 8 | UInt64($1) }
        }
        guard length >> 63 == 0 else { throw .lengthTooLarge }
        guard length <= Self.longest else { throw .messageTooBig(limit: Self.longest) }
        let isMasked = second & 0x80 != 0
        let start = headCount + (isMasked ? 4 : 0)
        let count = start + Int(length)
        guard rest.count >= count else { return nil }
        let wire = Array(rest.prefix(count))
        position += count
        var payload = Array(wire[start...])
        if isMasked {
            for index in payload.indices { payload[index] ^= wire[headCount + index & 3] }
        }
        return WireFrame(wire: wire, headCount: headCount, isMasked: isMasked, payload: payload)
    }
}
