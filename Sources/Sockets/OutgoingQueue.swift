// What waits to be written to one connection: a list of references, never a copy. A broadcast
// puts the same bytes into a thousand queues. In: bytes. Out: one `send` for all of them; small
// pieces are put together for it. Next: TCPStream.swift.

import Foundation

/// The bytes that one connection still has to write.
package nonisolated struct OutgoingQueue {
    /// What goes out next, and how much of it is written: mostly there is no more.
    private var head: [UInt8] = []
    private var written = 0
    /// What comes behind it; the first ones are written.
    private var rest: [[UInt8]] = []
    private var first = 0
    /// How many bytes wait.
    package private(set) var byteCount = 0

    package init() {}

    var isEmpty: Bool { byteCount == 0 }

    /// Adds a reference to these bytes. Inlined, as `Session.send` is.
    @inline(__always)
    package mutating func append(_ bytes: [UInt8]) {
        if byteCount == 0 {
            head = bytes
        } else if !bytes.isEmpty {
            if rest.capacity == 0 { rest.reserveCapacity(4) }
            rest.append(bytes)
        }
        byteCount += bytes.count
    }

    /// Writes as much as the system takes. Returns false when the connection has failed. Several
    /// pieces go out through `buffer`, as many as fit: to copy them takes less than the 0.3
    /// microseconds that `writev` needs for each.
    mutating func write(
        to descriptor: Int32, gathering buffer: UnsafeMutableRawBufferPointer
    ) -> Bool {
        while byteCount > 0 {
            let isAlone = rest.isEmpty || head.count - written >= buffer.count
            let count = isAlone ? sendHead(descriptor) : sendGathered(descriptor, buffer)
            guard count >= 0 else {
                if errno == EINTR { continue }
                return errno == EAGAIN || errno == EWOULDBLOCK
            }
            if count == byteCount { removeAll() } else { remove(count) }
        }
        return true
    }

    /// Forgets what waits. A connection that had some pieces to write will have them again: their
    /// list is kept, for it takes 300 instructions to make one.
    package mutating func removeAll() {
        (head, written, first, byteCount) = ([], 0, 0, 0)
        if rest.count == 1 || rest.count > 16 { rest = [] }
        while rest.popLast() != nil {}
    }

    private func sendHead(_ descriptor: Int32) -> Int {
        head.withUnsafeBytes { bytes in
            send(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written, 0)
        }
    }

    private func sendGathered(
        _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer
    ) -> Int {
        var end = head.count - written
        head.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[written...])) }
        for piece in rest[first...] {
            let part = min(piece.count, buffer.count - end)
            // It is full: thousands may wait behind it.
            guard part > 0 else { break }
            UnsafeMutableRawBufferPointer(rebasing: buffer[end...]).copyBytes(from: piece[..<part])
            end += part
        }
        return send(descriptor, buffer.baseAddress, end, 0)
    }

    /// Forgets bytes that are written; others are left.
    private mutating func remove(_ count: Int) {
        byteCount -= count
        written += count
        while written >= head.count {
            written -= head.count
            head = rest[first]
            rest[first] = []
            first += 1
        }
        // A queue that is never empty (the peer reads steadily, and never catches up) gives back
        // what lies behind all the same.
        if first == rest.count || first > 64 && first * 2 > rest.count {
            rest.removeFirst(first)
            first = 0
        }
    }
}
