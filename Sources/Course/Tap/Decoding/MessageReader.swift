// The frames of one way of a connection, and the messages that they add up to. Each frame is an
// observation; the last one of a message tells what the whole message says.
// In: bytes. Out: observations, into the recorder. Spec: RFC 6455 §5.4. Next: PacketReader.swift.

import EngineBytes
import WebSocketWire

/// Reads frames and joins fragments.
nonisolated struct MessageReader {
    private let way: Way
    /// The Engine.IO session whose packets these are; nil: the messages are of another kind.
    private let session: String?
    /// Whether permessage-deflate was agreed on.
    private let isCompressed: Bool
    private var frames = FrameReader()
    /// The message whose fragments arrive.
    private var message: (first: WireFrame, bytes: [UInt8])?

    init(_ way: Way, session: String?, isCompressed: Bool) {
        self.way = way
        self.session = session
        self.isCompressed = isCompressed
    }

    var isBetweenMessages: Bool { frames.rest.isEmpty && message == nil }
    var rest: ArraySlice<UInt8> { frames.rest }

    /// Takes the next bytes. Throws where the next frame can't be found.
    mutating func receive(
        _ bytes: ArraySlice<UInt8>, _ recorder: inout Recorder
    ) throws(WebSocketError) {
        frames.feed(bytes)
        while let frame = try frames.next() { add(frame, &recorder) }
    }

    private mutating func add(_ frame: WireFrame, _ recorder: inout Recorder) {
        var problems = frame.problems(way, isCompressed: isCompressed)
        var content = frame.payload
        var meaning = Meaning(summary: frame.name)
        if frame.opcode == WebSocketOpcode.close.rawValue {
            meaning = closing(frame.payload, &problems)
        } else if !frame.isControl {
            let whole = join(frame, &problems)
            content = whole?.bytes ?? content
            if let whole {
                meaning = self.meaning(of: whole.bytes, whole.first, &problems, &recorder)
            } else {
                meaning.summary = said("fragment, \(frame.name), \(content.count) bytes")
            }
        }
        recorder.add(.frame, way) {
            $0.summary = meaning.summary
            $0.wire = ShownBytes(frame.wire)
            $0.content = content.isEmpty ? nil : ShownBytes(content)
            $0.layers = frame.layers
            $0.problems = problems.map(\.description)
            $0.add(meaning)
        }
    }

    /// The message that ends with this frame; nil: more is to come.
    private mutating func join(
        _ frame: WireFrame, _ problems: inout [WebSocketError]
    ) -> (first: WireFrame, bytes: [UInt8])? {
        if frame.opcode == WebSocketOpcode.continuation.rawValue {
            if message == nil { problems.append(.unexpectedContinuation) }
        } else if message != nil {
            problems.append(.unfinishedMessage)
            message = nil
        }
        var joined = message ?? (frame, [])
        message = nil
        joined.bytes += frame.payload
        if joined.bytes.count > FrameReader.longest {
            problems.append(.messageTooBig(limit: FrameReader.longest))
            joined.bytes = []
        }
        if frame.isFinal { return joined }
        message = joined
        return nil
    }

    private func meaning(
        of bytes: [UInt8], _ first: WireFrame, _ problems: inout [WebSocketError],
        _ recorder: inout Recorder
    ) -> Meaning {
        if isCompressed, first.reservedBits == 0x40 {
            return Meaning(summary: said("\(first.name), \(bytes.count) bytes, compressed"))
        }
        let isText = first.opcode == WebSocketOpcode.text.rawValue
        if isText, !UTF8Validator.isValid(bytes[...]) { problems.append(.invalidUTF8) }
        if let session, isText || first.opcode == WebSocketOpcode.binary.rawValue {
            return recorder.packets.message(
                bytes, isText: isText, session, recorder.nextNumber)
        }
        let text = "text \(escapedForLog(String(decoding: bytes, as: UTF8.self)))"
        return Meaning(summary: isText ? text : said("\(first.name), \(bytes.count) bytes"))
    }

    /// Spec: RFC 6455 §5.5.1
    private func closing(_ payload: [UInt8], _ problems: inout [WebSocketError]) -> Meaning {
        guard payload.count >= 2 else {
            if payload.count == 1 { problems.append(.closePayloadOfOneByte) }
            return Meaning(summary: "close")
        }
        let code = CloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
        if !code.mayBeSent { problems.append(.invalidCloseCode(code.rawValue)) }
        let reason = String(decoding: payload[2...], as: UTF8.self)
        let layers = [
            Layer("close code", 0..<2, in: .content, "\(code.rawValue)"),
            Layer("reason", 2..<payload.count, in: .content, reason),
        ]
        let summary = escapedForLog("close \(code.rawValue) \(reason)")
        return Meaning(summary: summary, layers: layers)
    }
}
