// What waits to be written to one connection: a list of references, never a copy. A broadcast
// puts the same bytes into a thousand queues. In: slices of bytes. Out: one `writev` for all of
// them.
// Next: TCPStream.swift.

import Foundation

/// The bytes that one connection still has to write.
package nonisolated struct OutgoingQueue {
    private var chunks: [ArraySlice<UInt8>] = []
    private var first = 0
    /// How many bytes wait.
    package private(set) var byteCount = 0

    /// How many chunks one call hands to the system; POSIX promises no more than 16, Linux and
    /// macOS take 1,024.
    private static let chunksPerCall = 256

    package init() {}

    var isEmpty: Bool { byteCount == 0 }

    /// Adds a reference to these bytes.
    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard !bytes.isEmpty else { return }
        chunks.append(bytes)
        byteCount += bytes.count
    }

    /// Writes as much as the system takes. Returns false when the connection has failed.
    mutating func write(to descriptor: Int32) -> Bool {
        while byteCount > 0 {
            let written = first + 1 == chunks.count ? writeOne(descriptor) : writeMany(descriptor)
            guard written >= 0 else {
                if errno == EINTR { continue }
                return errno == EAGAIN || errno == EWOULDBLOCK
            }
            remove(written)
        }
        return true
    }

    /// Forgets what waits.
    package mutating func removeAll() {
        chunks = []
        first = 0
        byteCount = 0
    }

    private func writeOne(_ descriptor: Int32) -> Int {
        chunks[first].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// The pointers stay good for the length of the call although they leave the closures that
    /// lent them: the queue holds a reference to each chunk's storage, and nothing writes to it.
    private func writeMany(_ descriptor: Int32) -> Int {
        let count = min(chunks.count - first, Self.chunksPerCall)
        return withUnsafeTemporaryAllocation(of: iovec.self, capacity: count) { vectors in
            for index in 0..<count {
                chunks[first + index].withUnsafeBytes { bytes in
                    let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
                    vectors.initializeElement(
                        at: index, to: iovec(iov_base: start, iov_len: bytes.count))
                }
            }
            return writev(descriptor, vectors.baseAddress, Int32(count))
        }
    }

    private mutating func remove(_ written: Int) {
        byteCount -= written
        guard byteCount > 0 else {
            chunks.removeAll(keepingCapacity: chunks.capacity <= 8)
            first = 0
            return
        }
        var left = written
        while left >= chunks[first].count {
            left -= chunks[first].count
            chunks[first] = []
            first += 1
        }
        chunks[first] = chunks[first].dropFirst(left)
        // A queue that is never empty (the peer reads steadily, and never catches up) gives back
        // what lies behind all the same.
        if first > 64, first * 2 > chunks.count {
            chunks.removeFirst(first)
            first = 0
        }
    }
}
