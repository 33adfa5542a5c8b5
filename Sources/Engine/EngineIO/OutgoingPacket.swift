// A packet on its way out, encoded once for however many clients get it: the bytes of the
// WebSocket frame, in which the packet as long-polling sends it is the payload.
// In: a packet's text, or bytes. Out: a frame, a payload. Next: Session.swift.

import EngineIOWire
import WebSocketWire

/// One encoded packet.
struct OutgoingPacket {
    private let bytes: [UInt8]
    private let headerLength: Int
    let isBinary: Bool
    /// Whether it may be compressed on its way.
    var isCompressible = true

    /// A packet that is text: `2`, `40{…}`, `42["hello"]`.
    init(text: [UInt8]) {
        var bytes: [UInt8] = []
        Self.begin(&bytes)
        bytes += text
        self.init(ending: &bytes)
    }

    /// A binary message packet.
    init(binary: [UInt8]) {
        bytes = FrameEncoder.encode(.binary, binary)
        headerLength = bytes.count - binary.count
        isBinary = true
    }

    /// Begins a text packet that is written piece by piece, without a second copy: with room for
    /// the header that packets of less than 126 bytes need, and most have less.
    static func begin(_ bytes: inout [UInt8]) {
        bytes.reserveCapacity(128)
        bytes.append(0)
        bytes.append(0)
    }

    /// A text packet that was begun so, and is written.
    init(ending bytes: inout [UInt8]) {
        headerLength = FrameEncoder.setHeader(.text, in: &bytes)
        self.bytes = bytes
        isBinary = false
    }

    /// The frame, for a WebSocket.
    var frame: [UInt8] { bytes }

    /// The packet, for a poll.
    var payload: ArraySlice<UInt8> { bytes[headerLength...] }

    /// Bytes that it takes in the body of a poll.
    var payloadSize: Int {
        EngineIOPayload.size(ofPacketWith: payload.count, isBinary: isBinary)
    }

    /// Several packets as one body of an answer.
    static func payload(of packets: [OutgoingPacket]) -> [UInt8] {
        var body: [UInt8] = []
        for packet in packets {
            EngineIOPayload.append(packet.payload, isBinary: packet.isBinary, to: &body)
        }
        return body
    }
}
