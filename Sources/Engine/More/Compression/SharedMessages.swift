// An event to many clients is compressed once, where no message copies from another. In: a frame
// that many connections send. Out: the same compressed frame for all of them, as long as the turn
// lasts. Next: MessageCompression.swift; SocketIO/Broadcast.swift.

import DeflateWire
import EngineSockets
import WebSocketWire

/// The compressed frames of this turn.
final class SharedMessages {
    static let shared = SharedMessages()

    /// Messages of one kind are the same for all connections.
    struct Kind: Hashable {
        let bits: Int
        let level: DeflateLevel
    }

    /// A frame holds its bytes, so that no other frame can lie at their place.
    private struct Entry {
        let plain: [UInt8]
        let kind: Kind
        let compressed: [UInt8]
    }

    /// An event and its attachments, in one kind or two: each connection asks for all of them.
    private static let most = 16

    private var entries: [Entry] = []
    /// They hold at most 264 KiB each, and there are few kinds.
    private var compressors: [Kind: Deflater] = [:]
    private var next = 0

    /// How often something was compressed.
    private(set) var count = 0

    func compress(
        _ frame: [UInt8], _ type: WebSocketOpcode, _ payload: ArraySlice<UInt8>,
        _ kind: Kind, _ make: () -> Deflater
    ) -> [UInt8] {
        let place = Self.place(of: frame)
        for entry in entries
        where entry.kind == kind && entry.plain.count == frame.count
            && Self.place(of: entry.plain) == place
        {
            return entry.compressed
        }
        count += 1
        let compressed = compressors[kind, default: make()].endMessage(payload)
        // No other message copies from it: it need not be sent longer than it is.
        let result = compressed.count < payload.count ? Self.frame(type, compressed) : frame
        keep(Entry(plain: frame, kind: kind, compressed: result))
        return result
    }

    /// A marked frame.
    static func frame(_ type: WebSocketOpcode, _ payload: [UInt8]) -> [UInt8] {
        var frame = FrameEncoder.encode(type, payload)
        FrameEncoder.mark(&frame)
        return frame
    }

    private func keep(_ entry: Entry) {
        if entries.isEmpty { EventLoop.shared.runLater { self.entries = [] } }
        if entries.count < Self.most {
            entries.append(entry)
        } else {
            entries[next % Self.most] = entry
            next = (next + 1) % Self.most
        }
    }

    private static func place(of frame: [UInt8]) -> UnsafeRawPointer? {
        frame.withUnsafeBytes { $0.baseAddress }
    }
}
