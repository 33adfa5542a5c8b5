// The parts of a frame, as numbers. In and out: nothing yet; the layout can be learnt from here.
// Spec: RFC 6455 §5.2. Next: FrameDecoder.swift, FrameEncoder.swift.

//   0               1               2               3
//   |F|R|R|R|opcode |M| length      | extended length: 0, 2 or 8 bytes …
//   |I|S|S|S|       |A|             | then 4 bytes of masking key, if MASK is set
//   |N|V|V|V|       |S|             | then the payload

/// What a frame is.
package enum WebSocketOpcode: UInt8, Sendable {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    /// Control frames steer the connection; they are short, whole, and may come between fragments.
    /// Spec: RFC 6455 §5.5
    package var isControl: Bool { rawValue & 0x8 != 0 }
}

/// The bits and lengths of a frame's first bytes.
enum FrameLayout {
    static let fin: UInt8 = 0x80
    static let reservedBits: UInt8 = 0x70
    /// RSV1, the reserved bit by which an extension marks messages.
    static let mark: UInt8 = 0x40
    static let opcode: UInt8 = 0x0F
    static let mask: UInt8 = 0x80
    static let length: UInt8 = 0x7F
    /// In place of a length: the next two bytes hold it.
    static let length16: UInt8 = 126
    /// In place of a length: the next eight bytes hold it.
    static let length64: UInt8 = 127
    /// The longest payload of a control frame.
    static let longestControl = 125
}

/// Which end of the connection we are: a client masks its frames, a server does not.
/// Spec: RFC 6455 §5.1
package enum WebSocketRole: Sendable {
    case server
    case client
}

/// What a frame says about itself before its payload.
struct FrameHeader {
    /// The first byte: its bits are read where they are asked for.
    let first: UInt8
    let opcode: WebSocketOpcode
    let length: Int
    let maskingKey: UInt32?
    var isFinal: Bool { first & FrameLayout.fin != 0 }
    var isMarked: Bool { first & FrameLayout.mark != 0 }
}

/// As much of a frame's payload as has arrived, unmasked.
struct FramePart {
    let header: FrameHeader
    let payload: [UInt8]
    let endsFrame: Bool
    var endsMessage: Bool { endsFrame && header.isFinal }
}
