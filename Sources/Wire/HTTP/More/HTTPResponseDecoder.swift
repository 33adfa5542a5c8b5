// The client's side. In: the bytes of a connection, in pieces of any size. Out: one response after
// the other, each with its whole body, or why that can't be. Spec: RFC 9112 §4, §6.3.
// Next: ChunkedBody.swift, Sources/Client/HTTPClientConnection.swift.

import EngineBytes

/// Why a response could not be read.
package enum HTTPResponseError: Error, Equatable, Sendable, CustomStringConvertible {
    case malformedStatusLine
    case malformedFields
    case malformedBody
    case tooLarge(limit: Int)
    case endedEarly

    package var description: String {
        switch self {
        case .malformedStatusLine: "expected a line like \"HTTP/1.1 200 OK\" from the server"
        case .malformedFields: "the server's answer has a header that is no field"
        case .malformedBody: "the end of the server's answer can't be found"
        case .tooLarge(let limit): "the server's answer has more than \(limit) bytes"
        case .endedEarly: "the server closed the connection in the middle of its answer"
        }
    }
}

/// Decodes the responses of one connection.
package struct HTTPResponseDecoder: Sendable {
    private enum State {
        case head
        case fixed(missing: Int)
        case chunked
        /// The body ends where the connection does.
        case untilEnd
    }

    private let limits: HTTPLimits
    private var buffer: [UInt8] = []
    private var state: State = .head
    private var response = HTTPResponse(status: .ok)
    private var chunks: ChunkedBody
    /// Whether the connection can carry another request after this response.
    package private(set) var keepsAlive = true

    package init(limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
        chunks = ChunkedBody(limits: limits)
    }

    /// Takes the next bytes of the connection.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) { buffer.append(contentsOf: bytes) }

    /// What follows a 101: it belongs to another protocol.
    package mutating func takeRemainder() -> [UInt8] {
        defer { buffer = [] }
        return buffer
    }

    /// The next response, once it is there with its body; nil: not yet.
    package mutating func nextResponse() throws(HTTPResponseError) -> HTTPResponse? {
        while case .head = state {
            guard let end = try headEnd() else { return nil }
            try parse(head: Array(buffer[..<end]))
            buffer.removeFirst(end)
            // An interim answer announces another one, but for the one that changes the protocol.
            if response.status.isInterim, response.status != .switchingProtocols { state = .head }
        }
        switch state {
        case .head: return nil
        case .fixed(let missing): try takeBody(missing)
        case .untilEnd: try takeBody(.max)
        case .chunked:
            do throws(HTTPError) {
                buffer.removeFirst(try chunks.consume(buffer[...], into: &response.body))
            } catch {
                throw .malformedBody
            }
            if chunks.isComplete { state = .fixed(missing: 0) }
        }
        guard case .fixed(missing: 0) = state else { return nil }
        return finish()
    }

    /// The connection has ended: the response that was to last until then.
    package mutating func ended() throws(HTTPResponseError) -> HTTPResponse? {
        switch state {
        case .untilEnd: return finish()
        case .head where buffer.isEmpty: return nil
        case .head, .fixed, .chunked: throw .endedEarly
        }
    }

    private mutating func finish() -> HTTPResponse {
        defer {
            state = .head
            chunks = ChunkedBody(limits: limits)
        }
        return response
    }

    private mutating func takeBody(_ missing: Int) throws(HTTPResponseError) {
        let part = min(missing, buffer.count)
        guard response.body.count + part <= limits.body else {
            throw .tooLarge(limit: limits.body)
        }
        response.body.append(contentsOf: buffer[..<part])
        buffer.removeFirst(part)
        if missing != .max { state = .fixed(missing: missing - part) }
    }

    // MARK: - The head

    private func headEnd() throws(HTTPResponseError) -> Int? {
        var line = 0
        while let lineEnd = buffer[line...].firstIndex(of: .lf) {
            guard lineEnd > line, buffer[lineEnd - 1] == .cr else { throw .malformedFields }
            if lineEnd == line + 1, line > 0 { return lineEnd + 1 }
            line = lineEnd + 1
        }
        guard buffer.count <= limits.head else { throw .tooLarge(limit: limits.head) }
        return nil
    }

    private mutating func parse(head: [UInt8]) throws(HTTPResponseError) {
        let lineEnd = (head.firstIndex(of: .lf) ?? 0) + 1
        let line = head[..<lineEnd]
        guard line.count >= 14, line.prefix(7).equals("HTTP/1."), line[7].isDigit,
            line[8] == .space, let code = line[9..<12].decimalNumber, code >= 100
        else { throw .malformedStatusLine }
        try checkFields(head, from: lineEnd)
        response = HTTPResponse(status: HTTPStatus(code))
        // One by one: a response that is passed on may hold nothing that ends a line.
        for field in HTTPFields(lines: head[lineEnd...].dropLast(2)).lines {
            response.fields.add(field.name, field.value)
        }
        keepsAlive = line[7] != UInt8(ascii: "0") && !response.fields.has("close", in: "Connection")
        state = try framing()
    }

    private func checkFields(_ head: [UInt8], from start: Int) throws(HTTPResponseError) {
        var position = start
        while position < head.count - 2 {
            let end = head[position...].firstIndex(of: .cr) ?? position
            guard let colon = head[position..<end].firstIndex(of: .colon), colon > position,
                head[position..<colon].allSatisfy(\.isToken), head[end + 1] == .lf
            else { throw .malformedFields }
            position = end + 2
        }
    }

    /// Spec: RFC 9112 §6.3
    private mutating func framing() throws(HTTPResponseError) -> State {
        guard response.status.allowsBody else { return .fixed(missing: 0) }
        if response.fields.has("chunked", in: "Transfer-Encoding") { return .chunked }
        guard let text = response.fields["Content-Length"] else {
            keepsAlive = false
            return .untilEnd
        }
        guard let length = Int(text), length >= 0 else { throw .malformedBody }
        guard length <= limits.body else { throw .tooLarge(limit: limits.body) }
        return .fixed(missing: length)
    }
}
