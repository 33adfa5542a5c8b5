// In: the bytes of a connection, in pieces of any size. Out: one request after the other, each
// with its whole body, or the error that ends the connection.
// Spec: RFC 9112 §2.2, §6. Next: HTTPHeadParser.swift, More/ChunkedBody.swift.

import EngineBytes

/// Decodes the requests of one connection.
package struct HTTPRequestDecoder: Sendable {
    package typealias Request = (head: HTTPRequestHead, body: [UInt8])

    /// How far the current request has come, for time limits.
    package enum Progress: Equatable, Sendable {
        /// No byte of a request has arrived.
        case idle
        /// Some of the head.
        case head
        /// The head, and some of the body or nothing of it.
        case body
    }

    /// What the next bytes belong to. The body itself lies beside it, as a property: inside of a
    /// case it would be copied whenever a piece of it arrives, a megabyte for a few bytes.
    private enum State {
        case head
        case fixed(missing: Int)
        case coded
        case failed(HTTPError)
    }

    private let limits: HTTPLimits
    private var buffer: [UInt8] = []
    private var position = 0
    private var state: State = .head
    /// The head of a request whose body is not complete, or is refused; nil where no head is known.
    package private(set) var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var codedBody: (any CodedBody)?
    /// Up to here the buffer was searched for line ends.
    private var scanned = 0
    private var lineStart = 0
    private var emptyLines = 0
    private var expectsContinue = false

    package init(limits: HTTPLimits = HTTPLimits()) { self.limits = limits }

    /// Takes the next bytes of the connection; after an error there is no use for any.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) {
        if case .failed = state { return }
        buffer.append(contentsOf: bytes)
    }

    /// How many bytes wait to be decoded.
    package var bufferedCount: Int { buffer.count - position }

    package var progress: Progress {
        switch state {
        case .head, .failed: bufferedCount == 0 ? .idle : .head
        case .fixed, .coded: .body
        }
    }

    /// Whether the client waits for "100 Continue" before it sends the body. True once.
    /// Spec: RFC 9110 §10.1.1
    package var wantsContinue: Bool {
        mutating get {
            defer { expectsContinue = false }
            return expectsContinue
        }
    }

    /// The bytes behind an upgrade request: they belong to the next protocol.
    package mutating func takeRemainder() -> [UInt8] {
        defer { clear() }
        return Array(buffer[position...])
    }

    /// The next request, once it is there with its body; nil: not yet. After an error there is no
    /// other: where a request was wrong, the beginning of the next one can't be found.
    package mutating func nextRequest() throws(HTTPError) -> Request? {
        do throws(HTTPError) {
            if case .head = state {
                guard let end = try findHeadEnd() else { return nil }
                try beginBody(headEnd: end)
            }
            return try nextBody()
        } catch {
            clear()
            (body, codedBody) = ([], nil)
            state = .failed(error)
            throw error
        }
    }

    // MARK: - The head

    /// Looks for the empty line behind the head, each byte once.
    private mutating func findHeadEnd() throws(HTTPError) -> Int? {
        try checkFirstByte()
        while let lineEnd = nextLineFeed() {
            guard lineEnd > lineStart, buffer[lineEnd - 1] == .cr else { throw .bareLineFeed }
            let isEmpty = lineEnd - 1 == lineStart
            try checkLimits(upTo: lineEnd + 1)
            scanned = lineEnd + 1
            if isEmpty, lineStart == position {
                try skipEmptyLine(upTo: lineEnd + 1)
            } else if isEmpty {
                return lineEnd + 1
            }
            lineStart = lineEnd + 1
        }
        scanned = buffer.count
        try checkLimits(upTo: buffer.count)
        if position == buffer.count { clear() }
        return nil
    }

    /// By itself, as the loop over each byte of a head is faster with few variables around it.
    @inline(never)
    private func nextLineFeed() -> Int? { buffer[scanned...].firstIndex(of: .lf) }

    /// Old clients send an empty line behind a body.
    /// Spec: RFC 9112 §2.2
    private mutating func skipEmptyLine(upTo end: Int) throws(HTTPError) {
        emptyLines += 1
        guard emptyLines <= limits.leadingEmptyLines else { throw .malformedRequestLine }
        position = end
        try checkFirstByte()
    }

    /// A client that speaks TLS, or nothing like HTTP, may never send a line end to wait for.
    private func checkFirstByte() throws(HTTPError) {
        guard position < buffer.count else { return }
        let first = buffer[position]
        guard first.isToken || first == .cr || first == .lf else { throw .malformedRequestLine }
    }

    private func checkLimits(upTo end: Int) throws(HTTPError) {
        // With room for the version and any registered method: UPDATEREDIRECTREF is the longest.
        if lineStart == position, end - position > limits.target &+ 40 {
            throw .targetTooLong(limit: limits.target)
        }
        guard end - position <= limits.head else { throw .headTooLong(limit: limits.head) }
    }

    private mutating func beginBody(headEnd: Int) throws(HTTPError) {
        var parser = HTTPHeadParser(Array(buffer[position..<headEnd]), limits: limits)
        let head = try parser.parse()
        let limits = limits.of(head)
        self.head = head
        position = headEnd
        let length = parser.contentLength ?? 0
        let hasBody = parser.isChunked || length > 0
        // A body that has begun to arrive waits for nothing.
        expectsContinue = parser.expectsContinue && hasBody && position == buffer.count
        if parser.isChunked {
            codedBody = chunkedBody(limits)
            guard codedBody != nil else { throw .unknownTransferCoding }
            state = .coded
        } else {
            guard length <= limits.body else { throw .bodyTooLarge(limit: limits.body) }
            state = .fixed(missing: length)
        }
    }

    // MARK: - The body

    private mutating func nextBody() throws(HTTPError) -> Request? {
        if position < buffer.count { expectsContinue = false }
        switch state {
        case .head:
            return nil
        case .failed(let error):
            throw error
        case .fixed(let missing):
            let part = min(missing, bufferedCount)
            body.append(contentsOf: buffer[position..<(position + part)])
            position += part
            state = .fixed(missing: missing - part)
            if part == missing { return finish() }
        case .coded:
            position += try codedBody?.consume(buffer[position...], into: &body) ?? 0
            if codedBody?.isComplete == true { return finish() }
        }
        compact()
        return nil
    }

    private mutating func finish() -> Request? {
        let request = head.map { (head: $0, body: body) }
        head = nil
        body = []
        if codedBody != nil { codedBody = nil }
        state = .head
        emptyLines = 0
        compact()
        return request
    }

    /// Gives back what is decoded. Requests sent ahead are moved only when half of the buffer lies
    /// behind, so that a thousand of them cost no thousand moves.
    private mutating func compact() {
        if position == buffer.count { return clear() }
        if position * 2 > buffer.count {
            buffer.removeFirst(position)
            position = 0
        }
        scanned = position
        lineStart = position
    }

    private mutating func clear() {
        buffer = []
        position = 0
        scanned = 0
        lineStart = 0
    }
}

/// A body whose end only its own bytes tell.
protocol CodedBody: Sendable {
    var isComplete: Bool { get }
    /// Takes what it can use; returns how many bytes that was. The body belongs to the caller, so
    /// that it grows in place.
    mutating func consume(
        _ bytes: ArraySlice<UInt8>, into body: inout [UInt8]
    ) throws(HTTPError) -> Int
}

/// All requests have the same limits; More knows limits of paths.
protocol LimitsHooks {}
extension HTTPLimits: LimitsHooks {}
extension LimitsHooks { func of(_ head: HTTPRequestHead) -> Self { self } }

/// Browsers say the length of what they send. More knows chunks too: its method of the same name
/// takes the place of this one.
protocol TransferCodings {}
extension HTTPRequestDecoder: TransferCodings {}

extension TransferCodings {
    func chunkedBody(_ limits: HTTPLimits) -> (any CodedBody)? { nil }
}
