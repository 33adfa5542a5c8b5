// What has been decompressed: the last bytes stay, because matches copy from them, and what is new
// waits to be taken. It starts small and doubles, up to the window and a piece of the same size.
// Spec: RFC 1951 §2. Next: InflateSymbols.swift.

/// The decompressor's output: history, and behind it what has not been taken.
struct InflateWindow: Sendable {
    /// A piece is at least so long where there is so much, also with a small window.
    private static let smallestPiece = 8_192
    /// What one turn of the fast path writes at most: a match, copied in steps of eight bytes.
    static let margin = Alphabets.longestMatch + 8

    let size: Int
    var bytes: [UInt8] = []
    /// Behind the last byte.
    var end = 0
    /// The first byte that has not been taken.
    private var fresh = 0

    init(size: Int) { self.size = size }

    var hasFresh: Bool { fresh < end }

    /// The largest that `bytes` becomes.
    var capacity: Int { size + max(size, Self.smallestPiece) + Self.margin }

    /// Whether there is room for one more match; false: what is fresh has to be taken first.
    mutating func makeRoom() -> Bool {
        if end + Self.margin <= bytes.count { return true }
        if bytes.count < capacity {
            let count = min(max(1_024, bytes.count * 2), capacity)
            bytes.append(contentsOf: repeatElement(0, count: count - bytes.count))
        } else if hasFresh {
            return false
        } else {
            let start = end - size
            bytes.withUnsafeMutableBytes { bytes in
                bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            }
            (end, fresh) = (size, size)
        }
        return true
    }

    /// Adds bytes that need no decoding; there is room for `roomLeft` of them.
    mutating func append(_ stored: ArraySlice<UInt8>) {
        bytes.replaceSubrange(end..<(end + stored.count), with: stored)
        end += stored.count
    }

    var roomLeft: Int { bytes.count - end }

    mutating func takeFresh() -> [UInt8] {
        defer { fresh = end }
        return Array(bytes[fresh..<end])
    }

    /// Forgets the history, and gives its memory back.
    mutating func forget() { self = InflateWindow(size: size) }
}
