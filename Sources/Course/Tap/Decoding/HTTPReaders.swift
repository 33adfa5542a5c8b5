// Requests and responses, each with the bytes that it came in. The wire modules' decoders find the
// bodies, and what is wrong. In: bytes in pieces of any size. Out: one message after the other.
// Next: HTTPLayers.swift; Sources/Wire/HTTP/HTTPRequestDecoder.swift.

import EngineBytes
import HTTPWire

/// A tap looks into everything that fits into memory; servers have their own limits.
private nonisolated let tapLimits: HTTPLimits = {
    var limits = HTTPLimits()
    limits.target = 65_536
    limits.head = 262_144
    limits.fields = 2_000
    limits.body = 16_777_216
    return limits
}()

/// Reads the requests of a connection.
nonisolated struct RequestReader {
    private var decoder = HTTPRequestDecoder(limits: tapLimits)
    /// What belongs to no request that was handed out.
    private(set) var wire: [UInt8] = []

    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        wire.append(contentsOf: bytes)
        decoder.feed(bytes)
    }

    /// The next request and its bytes; nil: not yet.
    mutating func next() throws(HTTPError) -> (HTTPRequestDecoder.Request, wire: [UInt8])? {
        guard let request = try decoder.nextRequest() else { return nil }
        let count = wire.count - decoder.bufferedCount
        defer { wire.removeFirst(count) }
        return (request, Array(wire[..<count]))
    }

    /// The bytes behind a request for another protocol.
    mutating func takeRemainder() -> [UInt8] {
        wire = []
        return decoder.takeRemainder()
    }
}

/// Reads the responses of a connection.
nonisolated struct ResponseReader {
    private var decoder = HTTPResponseDecoder(limits: tapLimits)
    /// What belongs to no response that was handed out.
    private(set) var wire: [UInt8] = []

    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        wire.append(contentsOf: bytes)
        decoder.feed(bytes)
    }

    /// The next response and its bytes; nil: not yet. The answer to HEAD ends where its head does,
    /// and so does an interim answer.
    mutating func next(
        _ answersHead: Bool
    ) throws(HTTPResponseError) -> (HTTPResponse, wire: [UInt8])? {
        let status = wire.dropFirst(9).prefix(3)
        let isInterim = wire.starts(with: "HTTP/1.1 1".utf8) && !status.equals("101")
        let response = try isInterim ? nil : decoder.nextResponse()
        if answersHead || isInterim, let end = headEnd(of: wire) {
            let rest = wire[end...]
            decoder = HTTPResponseDecoder(limits: tapLimits)
            decoder.feed(rest)
            return take(HTTPResponse(status: HTTPStatus(status.decimalNumber ?? 0)), rest.count)
        }
        guard let response else { return nil }
        let rest = decoder.takeRemainder()
        decoder.feed(rest[...])
        return take(response, rest.count)
    }

    /// The response that lasts until the connection ends.
    mutating func ended() -> (HTTPResponse, wire: [UInt8])? {
        guard let response = try? decoder.ended() else { return nil }
        return take(response, 0)
    }

    private mutating func take(_ response: HTTPResponse, _ rest: Int) -> (HTTPResponse, [UInt8]) {
        defer { wire.removeFirst(wire.count - rest) }
        return (response, Array(wire.dropLast(rest)))
    }

    /// The bytes behind a 101.
    mutating func takeRemainder() -> [UInt8] {
        wire = []
        return decoder.takeRemainder()
    }
}
