// In: the bytes of a connection, in pieces of any size. Out: one request after the other, each
// with its whole body, or the error that ends the connection.
// Spec: RFC 9112 §2.2, §6. Next: HTTPHeadParser.swift, ChunkedBody.swift.

import Bytes

/// Decodes the requests of one connection.
package struct HTTPRequestDecoder: Sendable {
    /// How far the current request has come, for time limits.
    package enum Progress: Equatable, Sendable {
        /// No byte of a request has arrived.
        case idle
        /// Some of the head.
        case head
        /// The head, and some of the body or nothing of it.
        case body
    }

    private enum State {
        case head
        case fixed(HTTPRequestHead, body: [UInt8], missing: Int)
        case chunked(HTTPRequestHead, ChunkedBody)
    }

    private let limits: HTTPLimits
    private var buffer: [UInt8] = []
    private var position = 0
    private var state: State = .head
    /// Up to here the buffer was searched for line ends.
    private var scanned = 0
    private var lineStart = 0
    private var emptyLines = 0
    private var expectsContinue = false

    package init(limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
    }

    /// Takes the next bytes of the connection.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) {
        buffer.append(contentsOf: bytes)
    }

    /// How many bytes wait to be decoded.
    package var bufferedCount: Int { buffer.count - position }

    package var progress: Progress {
        switch state {
        case .head: bufferedCount == 0 ? .idle : .head
        case .fixed, .chunked: .body
        }
    }

    /// Whether the client waits for "100 Continue" before it sends the body. True once.
    /// Spec: RFC 9110 §10.1.1
    package var wantsContinue: Bool {
        mutating get {
            defer { if case .head = state {} else { expectsContinue = false } }
            if case .head = state { return false }
            return expectsContinue && bufferedCount == 0
        }
    }

    /// The bytes behind an upgrade request: they belong to the next protocol.
    package mutating func takeRemainder() -> [UInt8] {
        defer { clear() }
        return Array(buffer[position...])
    }

    /// The next request, once it is there with its body; nil: not yet.
    package mutating func nextRequest() throws(HTTPError) -> HTTPRequest? {
        if case .head = state {
            guard let end = try findHeadEnd() else { return nil }
            try beginBody(headEnd: end)
        }
        return try nextBody()
    }

    // MARK: - The head

    /// Looks for the empty line behind the head, each byte once.
    private mutating func findHeadEnd() throws(HTTPError) -> Int? {
        while let lineEnd = buffer[scanned...].firstIndex(of: .lf) {
            guard lineEnd > lineStart, buffer[lineEnd - 1] == .cr else { throw .bareLineFeed }
            let isEmpty = lineEnd - 1 == lineStart
            try checkLimits(upTo: lineEnd)
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

    /// Old clients send an empty line behind a body.
    /// Spec: RFC 9112 §2.2
    private mutating func skipEmptyLine(upTo end: Int) throws(HTTPError) {
        emptyLines += 1
        guard emptyLines <= limits.leadingEmptyLines else { throw .malformedRequestLine }
        position = end
    }

    private func checkLimits(upTo end: Int) throws(HTTPError) {
        if lineStart == position, end - position > limits.requestLine {
            throw .targetTooLong(limit: limits.target)
        }
        guard end - position <= limits.head else { throw .headTooLong(limit: limits.head) }
    }

    private mutating func beginBody(headEnd: Int) throws(HTTPError) {
        var parser = HTTPHeadParser(Array(buffer[position..<headEnd]), limits: limits)
        let (head, framing) = try parser.parse()
        expectsContinue = parser.expectsContinue && framing != .none
        position = headEnd
        switch framing {
        case .none: state = .fixed(head, body: [], missing: 0)
        case .contentLength(let length): state = .fixed(head, body: [], missing: length)
        case .chunked: state = .chunked(head, ChunkedBody(limits: limits))
        }
    }

    // MARK: - The body

    private mutating func nextBody() throws(HTTPError) -> HTTPRequest? {
        let current = state
        // The state lets go of the body meanwhile: it grows in place, without a copy.
        state = .head
        switch current {
        case .head:
            return nil
        case .fixed(let head, var body, let missing):
            let part = buffer[position...].prefix(missing)
            body.append(contentsOf: part)
            position += part.count
            guard part.count < missing else { return finish(head, body) }
            compact()
            state = .fixed(head, body: body, missing: missing - part.count)
            return nil
        case .chunked(let head, var chunks):
            position += try chunks.consume(buffer[position...])
            if chunks.isComplete { return finish(head, chunks.body) }
            compact()
            state = .chunked(head, chunks)
            return nil
        }
    }

    private mutating func finish(_ head: HTTPRequestHead, _ body: [UInt8]) -> HTTPRequest {
        expectsContinue = false
        emptyLines = 0
        compact()
        return HTTPRequest(head: head, body: body)
    }

    /// Gives back what is decoded. Requests sent ahead are moved only when half of the buffer lies
    /// behind, so that a thousand of them cost no thousand moves.
    private mutating func compact() {
        if position == buffer.count {
            clear()
            return
        }
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
