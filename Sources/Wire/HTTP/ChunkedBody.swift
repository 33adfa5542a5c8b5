// In: the bytes behind a head with `Transfer-Encoding: chunked`. Out: the body they add up to.
// Extensions and trailers are read over, within limits. Spec: RFC 9112 §7.1.
// Next: HTTPRequestDecoder.swift.

import EngineBytes

/// Puts a chunked body together.
/// Spec: RFC 9112 §7.1
struct ChunkedBody: Sendable {
    private enum State {
        case size
        case data(missing: Int)
        case dataEnd, trailer, complete
    }

    private let limits: HTTPLimits
    private var state: State = .size
    private var extensionBytes = 0
    private var trailerBytes = 0

    init(limits: HTTPLimits) { self.limits = limits }

    var isComplete: Bool {
        if case .complete = state { true } else { false }
    }

    /// Takes what it can use; returns how many bytes that was. The body belongs to the caller, so
    /// that it grows in place.
    mutating func consume(
        _ bytes: ArraySlice<UInt8>, into body: inout [UInt8]
    ) throws(HTTPError) -> Int {
        var rest = bytes
        while !isComplete {
            if case .data(let missing) = state {
                let part = rest.prefix(missing)
                body.append(contentsOf: part)
                rest = rest.dropFirst(part.count)
                state = part.count < missing ? .data(missing: missing - part.count) : .dataEnd
                if part.count < missing { break }
            } else {
                guard let line = try takeLine(&rest) else { break }
                try handle(line, bodyCount: body.count)
            }
        }
        return rest.startIndex - bytes.startIndex
    }

    /// The next line without its CR LF; nil: not all of it is there. The longest that can be
    /// waited for is bounded, so a line that never ends is refused.
    private func takeLine(_ rest: inout ArraySlice<UInt8>) throws(HTTPError) -> ArraySlice<UInt8>? {
        // Behind the bytes of a chunk there is CR LF; anything else need not be waited for.
        if case .dataEnd = state, let first = rest.first, first != .cr { throw .malformedChunk }
        let longest = max(limits.chunkExtensions, limits.trailers) + 20
        guard let end = rest.prefix(longest).firstIndex(of: .lf) else {
            guard rest.count < longest else { throw lineTooLong }
            return nil
        }
        guard end > rest.startIndex, rest[end - 1] == .cr else { throw .bareLineFeed }
        let line = rest[rest.startIndex..<(end - 1)]
        rest = rest[(end + 1)...]
        return line
    }

    private var lineTooLong: HTTPError {
        switch state {
        case .trailer: .trailersTooLong(limit: limits.trailers)
        case .size: .chunkExtensionsTooLong(limit: limits.chunkExtensions)
        case .data, .dataEnd, .complete: .malformedChunk
        }
    }

    private mutating func handle(
        _ line: ArraySlice<UInt8>, bodyCount: Int
    ) throws(HTTPError) {
        switch state {
        case .size: try beginChunk(line, bodyCount: bodyCount)
        case .dataEnd:
            guard line.isEmpty else { throw .malformedChunk }
            state = .size
        case .trailer: try passTrailer(line)
        case .data, .complete: break
        }
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
        rest = trimmed(rest)
        guard digits > 0, rest.isEmpty || rest.first == .semicolon else { throw .malformedChunk }
        guard !rest.contains(where: { $0.isControl && $0 != .tab }) else { throw .malformedChunk }
        extensionBytes += rest.count
        guard extensionBytes <= limits.chunkExtensions else {
            throw .chunkExtensionsTooLong(limit: limits.chunkExtensions)
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
        guard trailerBytes <= limits.trailers else {
            throw .trailersTooLong(limit: limits.trailers)
        }
        guard let colon = line.firstIndex(of: .colon), colon > line.startIndex,
            line[..<colon].allSatisfy(\.isToken),
            !line[colon...].contains(where: { $0.isControl && $0 != .tab })
        else { throw .malformedTrailer }
    }
}
