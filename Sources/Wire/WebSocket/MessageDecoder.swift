// In: bytes of a connection. Out: whole messages and control frames, or the rule that was broken.
// Text stays bytes, but is known to be UTF-8.
// Spec: RFC 6455 §5.4, §5.5, §8.1. Next: FrameDecoder.swift below, ClosingHandshake.swift beside.

import EngineBytes

/// How large things may get.
package struct WebSocketLimits: Sendable {
    /// The longest message, in bytes: Engine.IO's maxPayload. Over it: close code 1009.
    package var message = 1_000_000
    /// The most fragments of one message: each costs work, however small it is. Over it: 1009.
    package var fragments = 65_536

    package init() {}
}

/// What has arrived.
package enum Incoming: Equatable, Sendable {
    case text([UInt8])
    case binary([UInt8])
    case ping([UInt8])
    case pong([UInt8])
    /// A close frame; without a code when it had no payload.
    case close(CloseCode?, reason: String)
}

/// Restores messages that an extension has changed. Spec: RFC 6455 §9
package protocol MessageRestoring: Sendable {
    /// Restores the next payload of a message.
    mutating func restore(_ payload: inout [UInt8], endsMessage: Bool) throws(WebSocketError)
}

/// Puts messages together from frames.
/// Spec: RFC 6455 §5.4
package struct MessageDecoder: Sendable {
    private let limits: WebSocketLimits
    private var frames: FrameDecoder
    /// Restores marked messages; nil: no extension was agreed on.
    package var restorer: (any MessageRestoring)? {
        didSet { frames.allowsMarks = restorer != nil }
    }
    /// The message that is under way: its type, what of it has arrived, and in how many fragments.
    private var type: WebSocketOpcode?
    private var message: [UInt8] = []
    private var fragments = 0
    private var isMarked = false
    private var isInsideFrame = false
    private var utf8 = UTF8Validator()

    package init(role: WebSocketRole, limits: WebSocketLimits = WebSocketLimits()) {
        self.limits = limits
        frames = FrameDecoder(role: role)
    }

    /// Takes the next bytes of the connection.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) {
        frames.feed(bytes)
    }

    /// Nothing is decoded any more: what is left is given back.
    package mutating func forgetRest() { frames = FrameDecoder(role: .server) }

    /// How many bytes are held for frames and for a message under way; 0 for an idle connection.
    package var bufferedCount: Int { frames.buffer.count + message.count }

    /// The next message or control frame; nil: not yet.
    package mutating func next() throws(WebSocketError) -> Incoming? {
        while true {
            let longest = limits.message - (isInsideFrame ? 0 : message.count)
            guard let part = try frames.nextPart(longest: longest, limit: limits.message) else {
                return nil
            }
            switch part.header.opcode {
            case .ping: return .ping(part.payload)
            case .pong: return .pong(part.payload)
            case .close: return try decodeClose(part.payload)
            case .text, .binary, .continuation:
                if let message = try add(part) { return message }
            }
        }
    }

    // MARK: - Data frames

    private mutating func add(_ part: FramePart) throws(WebSocketError) -> Incoming? {
        if !isInsideFrame { try beginFrame(part.header) }
        isInsideFrame = !part.endsFrame
        return isMarked ? try restore(part) : try add(part.payload, part.endsMessage)
    }

    /// Never inlined: `add` is on the path of every message, and this is not.
    @inline(never)
    private mutating func restore(_ part: FramePart) throws(WebSocketError) -> Incoming? {
        var payload = part.payload
        try restorer?.restore(&payload, endsMessage: part.endsMessage)
        return try add(payload, part.endsMessage)
    }

    private mutating func add(
        _ payload: [UInt8], _ isComplete: Bool
    ) throws(WebSocketError) -> Incoming? {
        if type == .text, !utf8.feed(payload[...]) { throw .invalidUTF8 }
        // Nearly every message is one frame in one piece: then nothing is copied.
        if isComplete, message.isEmpty { return try finish(payload) }
        if message.isEmpty {
            message = payload
        } else {
            message.append(contentsOf: payload)
        }
        return isComplete ? try finish(message) : nil
    }

    private mutating func beginFrame(_ header: FrameHeader) throws(WebSocketError) {
        if header.opcode == .continuation {
            guard type != nil else { throw .unexpectedContinuation }
        } else {
            guard type == nil else { throw .unfinishedMessage }
            (type, isMarked) = (header.opcode, header.isMarked)
        }
        // An empty one that ends the message adds nothing; some libraries send it.
        if !header.isFinal || header.length > 0 { fragments += 1 }
        guard fragments <= limits.fragments else {
            throw .tooManyFragments(limit: limits.fragments)
        }
    }

    private mutating func finish(_ whole: [UInt8]) throws(WebSocketError) -> Incoming {
        guard utf8.isComplete else { throw .invalidUTF8 }
        let isText = type == .text
        type = nil
        message = []
        fragments = 0
        return isText ? .text(whole) : .binary(whole)
    }

    // MARK: - Close frames

    /// Spec: RFC 6455 §5.5.1
    private func decodeClose(_ payload: [UInt8]) throws(WebSocketError) -> Incoming {
        guard !payload.isEmpty else { return .close(nil, reason: "") }
        guard payload.count >= 2 else { throw .closePayloadOfOneByte }
        let code = CloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
        guard code.mayBeSent else { throw .invalidCloseCode(code.rawValue) }
        guard UTF8Validator.isValid(payload[2...]) else { throw .invalidUTF8 }
        return .close(code, reason: String(decoding: payload[2...], as: UTF8.self))
    }
}
