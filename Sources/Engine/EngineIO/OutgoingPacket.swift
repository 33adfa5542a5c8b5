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
        self.init { $0 += text }
    }

    /// A binary message packet.
    init(binary: [UInt8]) {
        bytes = FrameEncoder.encode(.binary, binary)
        headerLength = bytes.count - binary.count
        isBinary = true
    }

    /// A text packet whose payload `write` appends: no second copy for what is sent most.
    init(writing write: (inout [UInt8]) -> Void) {
        // Most packets are shorter than 126 bytes: room for the header that they will need.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(128)
        bytes.append(0)
        bytes.append(0)
        write(&bytes)
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
