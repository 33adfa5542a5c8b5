// In: bytes from Redis, in pieces of any size. Out: one value after the other, of either version
// of the protocol. What has been read of a long answer is not read again when more comes: open
// arrays lie on a stack, so that depth costs no recursion either.
// Spec: RESP specification, redis.io/docs/reference/protocol-spec. Next: RESPHeader.swift.

import EngineBytes

/// Reads values.
package struct RESPDecoder: Sendable {
    /// An array or the like whose elements are still coming.
    private struct Open {
        let kind: RESPHeader.Aggregate
        /// How many elements are missing; nil: until a mark ends it.
        var missing: Int?
        var values: [RESPValue] = []
    }

    private let limits: RESPLimits
    private var buffer: [UInt8] = []
    /// What lies before it has been read.
    private var start = 0
    /// Up to here no end of a line was found.
    private var scanned = 0
    private var open: [Open] = []
    /// What the value begun has cost so far.
    private var elements = 0
    private var total = 0

    package init(limits: RESPLimits = RESPLimits()) { self.limits = limits }

    /// How many bytes wait to be read.
    package var bufferedCount: Int { buffer.count - start }

    /// Takes the next bytes.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) {
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.count < 1_048_576)
            (start, scanned) = (0, 0)
        } else if start > 65_536, start > buffer.count / 2 {
            buffer.removeSubrange(..<start)
            (scanned, start) = (scanned - start, 0)
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next value; nil: it is not complete yet. After an error nothing more can be read.
    package mutating func next() throws(RESPProtocolError) -> RESPValue? {
        while let (header, end) = try nextHeader() {
            guard let whole = try apply(header, endingAt: end) else { return nil }
            if case .value(let value) = whole {
                (elements, total) = (0, 0)
                return value
            }
        }
        return nil
    }

    // MARK: - Pieces

    private enum Piece {
        /// A value that is not within another one.
        case value(RESPValue)
        /// Something was read, and the value is not complete.
        case part
    }

    /// The next line, read; and where the line ends.
    private mutating func nextHeader() throws(RESPProtocolError) -> (RESPHeader, Int)? {
        var index = max(scanned, start)
        while index + 1 < buffer.count {
            if buffer[index] == .cr, buffer[index + 1] == .lf {
                guard index - start <= limits.line else { throw tooLong }
                let header = try RESPHeader(buffer[start..<index])
                return (header, index + 2)
            }
            index += 1
        }
        guard index - start <= limits.line else { throw tooLong }
        scanned = index
        return nil
    }

    private var tooLong: RESPProtocolError {
        RESPProtocolError("a line is longer than \(limits.line) bytes")
    }

    /// Nil: the bytes that the header announces are not there yet; it will be read again.
    private mutating func apply(
        _ header: RESPHeader, endingAt end: Int
    ) throws(RESPProtocolError) -> Piece? {
        if open.last?.kind == .chunks, !header.isChunk {
            throw RESPProtocolError("within a streamed string only chunks may come")
        }
        switch header {
        case .scalar(let value):
            start = end
            return try add(value)
        case .bytes(let kind, let count):
            guard let bytes = try takeBytes(count, at: end) else { return nil }
            if kind == .chunk { return try addChunk(bytes) }
            return try add(Self.value(of: kind, bytes))
        case .aggregate(let kind, let count):
            start = end
            return try begin(kind, count)
        case .end:
            start = end
            guard let last = open.last, last.missing == nil else {
                throw RESPProtocolError("the mark of an end (.) stands where nothing was streamed")
            }
            return try close()
        }
    }

    /// Bytes of a known length, and the end of a line behind them.
    private mutating func takeBytes(
        _ count: Int, at begin: Int
    ) throws(RESPProtocolError) -> [UInt8]? {
        guard count <= limits.bulk else {
            throw RESPProtocolError("a string of \(count) bytes is over the \(limits.bulk) allowed")
        }
        guard total + count <= limits.total else {
            throw RESPProtocolError("an answer is over the \(limits.total) bytes allowed")
        }
        // The end of this line is found at once when it is asked for again.
        scanned = begin - 2
        guard buffer.count - begin >= count + 2 else { return nil }
        let end = begin + count
        guard buffer[end] == .cr, buffer[end + 1] == .lf else {
            throw RESPProtocolError("a string of \(count) bytes does not end where it should")
        }
        total += count
        start = end + 2
        return Array(buffer[begin..<end])
    }

    private static func value(
        of kind: RESPHeader.Bytes, _ bytes: [UInt8]
    ) throws(RESPProtocolError) -> RESPValue {
        switch kind {
        case .bulk, .chunk: return .bulk(bytes)
        case .error: return .error(RESPError(String(decoding: bytes, as: UTF8.self)))
        case .verbatim:
            guard bytes.count >= 4, bytes[3] == .colon, bytes[..<3].allSatisfy({ $0 < 0x80 }) else {
                throw RESPProtocolError("a verbatim string has no format of three letters")
            }
            return .verbatim(String(decoding: bytes[..<3], as: UTF8.self), Array(bytes[4...]))
        }
    }

    // MARK: - Arrays and the like

    private mutating func begin(
        _ kind: RESPHeader.Aggregate, _ count: Int?
    ) throws(RESPProtocolError) -> Piece {
        guard open.count < limits.depth else {
            throw RESPProtocolError("values are nested deeper than \(limits.depth) levels")
        }
        guard elements + (count ?? 0) <= limits.elements else {
            throw RESPProtocolError("a value has more than \(limits.elements) elements")
        }
        var missing = count
        if kind == .map || kind == .attribute, let count { missing = count * 2 }
        var begun = Open(kind: kind, missing: missing)
        // What is announced is not believed: a few bytes could ask for gigabytes.
        begun.values.reserveCapacity(min(missing ?? 0, 64))
        open.append(begun)
        return missing == 0 ? try close() : .part
    }

    /// A value is complete: it belongs to what is open, or is what was waited for.
    private mutating func add(_ value: RESPValue) throws(RESPProtocolError) -> Piece {
        guard let last = open.indices.last else { return .value(value) }
        elements += 1
        guard elements <= limits.elements else {
            throw RESPProtocolError("a value has more than \(limits.elements) elements")
        }
        open[last].values.append(value)
        guard let missing = open[last].missing else { return .part }
        open[last].missing = missing - 1
        return missing == 1 ? try close() : .part
    }

    /// A chunk of a streamed string; an empty one is the last.
    private mutating func addChunk(_ bytes: [UInt8]) throws(RESPProtocolError) -> Piece {
        guard open.last?.kind == .chunks else {
            throw RESPProtocolError("a chunk (;) stands where no string was streamed")
        }
        if bytes.isEmpty { return try close() }
        return try add(.bulk(bytes))
    }

    private mutating func close() throws(RESPProtocolError) -> Piece {
        let closed = open.removeLast()
        switch closed.kind {
        case .array: return try add(.array(closed.values))
        case .set: return try add(.set(closed.values))
        case .push: return try add(.push(closed.values))
        case .map:
            guard let pairs = RESPValue.array(closed.values).pairs else {
                throw RESPProtocolError("a map ends behind a key")
            }
            return try add(.map(pairs))
        case .chunks: return try add(.bulk(closed.values.flatMap { $0.bytes ?? [] }))
        // What it says about the value behind it may be ignored.
        case .attribute: return .part
        }
    }
}
