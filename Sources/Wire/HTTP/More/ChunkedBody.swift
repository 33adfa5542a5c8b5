// In: the bytes behind a head with `Transfer-Encoding: chunked`. Out: the body they add up to.
// Extensions and trailers are read over, within limits. Spec: RFC 9112 §7.1.
// Next: ../HTTPRequestDecoder.swift.

import EngineBytes

/// Puts a chunked body together.
/// Spec: RFC 9112 §7.1
struct ChunkedBody: CodedBody {
    private enum State {
        case size
        case data(missing: Int)
        case dataEnd, trailer, complete
    }

    private let limits: HTTPLimits
    private let mostExtensions: Int
    private let mostTrailers: Int
    private var state: State = .size
    private var extensionBytes = 0
    private var trailerBytes = 0

    init(limits: HTTPLimits) {
        self.limits = limits
        (mostExtensions, mostTrailers) = (limits.chunkExtensions, limits.trailers)
    }

    var isComplete: Bool {
        if case .complete = state { true } else { false }
    }

    mutating func consume(
        _ bytes: ArraySlice<UInt8>, into body: inout [UInt8]
    ) throws(HTTPError) -> Int {
        var rest = bytes
        while try takeStep(&rest, &body) {}
        return rest.startIndex - bytes.startIndex
    }

    /// One line, or a part of a chunk; false: more bytes are needed, or none.
    private mutating func takeStep(
        _ rest: inout ArraySlice<UInt8>, _ body: inout [UInt8]
    ) throws(HTTPError) -> Bool {
        switch state {
        case .size:
            let tooLong = HTTPError.chunkExtensionsTooLong(limit: mostExtensions)
            guard let line = try takeLine(&rest, tooLong) else { return false }
            try beginChunk(line, bodyCount: body.count)
        case .data(let missing):
            let part = rest.prefix(missing)
            body.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
            state = part.count < missing ? .data(missing: missing - part.count) : .dataEnd
            return part.count == missing
        case .dataEnd:
            // Anything else than CR LF need not be waited for.
            if let first = rest.first, first != .cr { throw .malformedChunk }
            guard let line = try takeLine(&rest, .malformedChunk) else { return false }
            guard line.isEmpty else { throw .malformedChunk }
            state = .size
        case .trailer:
            let tooLong = HTTPError.trailersTooLong(limit: mostTrailers)
            guard let line = try takeLine(&rest, tooLong) else { return false }
            try passTrailer(line)
        case .complete:
            return false
        }
        return true
    }

    /// The next line without its CR LF; nil: not all of it is there. The longest that can be
    /// waited for is bounded, so a line that never ends is refused.
    private func takeLine(
        _ rest: inout ArraySlice<UInt8>, _ tooLong: HTTPError
    ) throws(HTTPError) -> ArraySlice<UInt8>? {
        let longest = max(mostExtensions, mostTrailers) + 20
        guard let end = rest.prefix(longest).firstIndex(of: .lf) else {
            guard rest.count < longest else { throw tooLong }
            return nil
        }
        guard end > rest.startIndex, rest[end - 1] == .cr else { throw .bareLineFeed }
        let line = rest[..<(end - 1)]
        rest = rest[(end + 1)...]
        return line
    }

    private mutating func beginChunk(
        _ line: ArraySlice<UInt8>, bodyCount: Int
    ) throws(HTTPError) {
        var size = 0
        var digits = 0
        var rest = line
        while let digit = rest.first?.hexValue {
            // Sixteen digits overflow nothing below the limit, which is checked at each.
            size = size * 16 + Int(digit)
            digits += 1
            guard size <= limits.body else { throw .bodyTooLarge(limit: limits.body) }
            guard digits <= 16 else { throw .malformedChunk }
            rest.removeFirst()
        }
        rest = rest.trimmed
        guard digits > 0, rest.isEmpty || rest.first == .semicolon else { throw .malformedChunk }
        guard !rest.contains(where: { $0.isControl && $0 != .tab }) else { throw .malformedChunk }
        extensionBytes += rest.count
        guard extensionBytes <= mostExtensions else {
            throw .chunkExtensionsTooLong(limit: mostExtensions)
        }
        guard bodyCount + size <= limits.body else { throw .bodyTooLarge(limit: limits.body) }
        state = size == 0 ? .trailer : .data(missing: size)
    }

    private mutating func passTrailer(_ line: ArraySlice<UInt8>) throws(HTTPError) {
        if line.isEmpty {
            state = .complete
            return
        }
        trailerBytes += line.count
        guard trailerBytes <= mostTrailers else {
            throw .trailersTooLong(limit: mostTrailers)
        }
        guard let colon = line.firstIndex(of: .colon), colon > line.startIndex,
            line[..<colon].allSatisfy(\.isToken),
            !line[colon...].contains(where: { $0.isControl && $0 != .tab })
        else { throw .malformedTrailer }
    }
}

extension HTTPRequestDecoder {
    func chunkedBody(_ limits: HTTPLimits) -> (any CodedBody)? { ChunkedBody(limits: limits) }
}
