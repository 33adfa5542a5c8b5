// What has passed between visitors and the server lately. In: observations, encoded. Out: an array
// of the last ones. Next: Visitors.swift; ../Tap/Decoding/Observation.swift.

/// Observations, each encoded once.
struct WireLog {
    /// So many are kept, with so many bytes of JSON in all; and so many bytes go to a new page.
    private static let limit = 5_000
    private static let byteLimit = 33_554_432
    private static let shownBytes = 8_388_608

    private var entries: [[UInt8]] = []
    private var bytes = 0

    mutating func append(_ observations: [[UInt8]]) {
        entries += observations
        bytes += observations.reduce(0) { $0 + $1.count }
        // Some at once: to take one away moves all the others.
        guard entries.count > Self.limit + Self.limit / 10 || bytes > Self.byteLimit else {
            return
        }
        while entries.count > Self.limit || bytes > Self.byteLimit / 2 {
            let count = max(1, min(entries.count / 10, entries.count - 1))
            bytes -= entries.prefix(count).reduce(0) { $0 + $1.count }
            entries.removeFirst(count)
        }
    }

    /// The last ones, as an array.
    func last(_ count: Int) -> [UInt8] {
        var rest = Self.shownBytes
        let shown = entries.suffix(count).reversed().prefix {
            rest -= $0.count
            return rest >= 0
        }
        return Self.array(shown.reversed())
    }

    static func array(_ observations: [[UInt8]]) -> [UInt8] {
        Array("[".utf8) + Array(observations.joined(separator: ",".utf8)) + Array("]".utf8)
    }
}
