// A head that the decoder has found valid, as one array of bytes; its parts become strings when
// they are asked for. An open connection keeps these few hundred bytes and no more.
// Spec: RFC 9112 §3. Next: HTTPHeadParser.swift, which makes it.

import EngineBytes

/// The request line and the fields of a request.
/// Spec: RFC 9112 §2.1
public struct HTTPRequestHead: Sendable {
    let bytes: [UInt8]
    var methodEnd = 0
    /// The path in the target, without an authority in front and a query behind.
    var pathRange = 0..<0
    var targetRange = 0..<0
    var fieldsStart = 0
    var hostRange: Range<UInt32>?
    /// Empty where two keys for a WebSocket are given.
    var keyRange: Range<UInt32>?

    /// The digit behind `HTTP/1.`.
    public internal(set) var minorVersion = 1
    /// Whether the client wants to use the connection for another request.
    /// Spec: RFC 9112 §9.3
    public internal(set) var keepsAlive = true

    // Noted while the fields are parsed: to search for one takes as long as to parse all of them.

    /// Whether there is a field Origin.
    package internal(set) var hasOrigin = false
    /// Whether it asks to become a WebSocket: it says `Upgrade: websocket`.
    package internal(set) var asksForWebSocket = false
    /// Whether it says `Connection: Upgrade`.
    package internal(set) var saysUpgrade = false
    /// Whether the version of WebSocket is 13, given once; nil: none is given.
    package internal(set) var hasVersion13: Bool?
    /// Whether it offers subprotocols of WebSocket.
    package internal(set) var hasProtocols = false

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// The method, in the case in which it came: `GET`.
    public var method: String { String(decoding: bytes[..<methodEnd], as: UTF8.self) }

    /// The path without the query, percent-decoded: `/chat`.
    public var path: String {
        String(decoding: percentDecoded(rawPath) ?? [], as: UTF8.self)
    }

    /// The fields.
    public var fields: HTTPFields { HTTPFields(lines: bytes[fieldsStart...].dropLast(2)) }

    /// The field Sec-WebSocket-Key as it came; empty without one, or with two.
    package var webSocketKey: ArraySlice<UInt8> { slice(keyRange) }

    func slice(_ range: Range<UInt32>?) -> ArraySlice<UInt8> {
        range.map { bytes[Int($0.lowerBound)..<Int($0.upperBound)] } ?? []
    }

    /// Whether the method is this one; no string is made.
    package func hasMethod(_ method: StaticString) -> Bool {
        bytes[..<methodEnd].equals(method)
    }

    /// The path as it came, for quick comparisons. A target may end at its authority; the path is
    /// "/" then. Spec: RFC 9110 §4.2.3
    package var rawPath: ArraySlice<UInt8> { pathRange.isEmpty ? [.slash] : bytes[pathRange] }

    /// The undecoded value of the first query item with this name; no string is made.
    package func queryBytes(named name: StaticString) -> ArraySlice<UInt8>? {
        let query = query
        var start = query.startIndex
        while start < query.endIndex {
            let end = query[start...].firstIndex(of: .ampersand) ?? query.endIndex
            let equals = query[start..<end].firstIndex(of: .equals) ?? end
            if query[start..<equals].equals(name) { return query[equals..<end].dropFirst() }
            start = end + 1
        }
        return nil
    }

    /// The query as it came, without the question mark.
    var query: ArraySlice<UInt8> {
        bytes[pathRange.upperBound..<targetRange.upperBound].dropFirst()
    }
}

/// Undoes `%41`; nil when an escape is cut short or not hexadecimal.
/// Spec: RFC 3986 §2.1
func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
        let byte = bytes[index]
        if byte == .percent {
            guard index + 2 < bytes.endIndex, let high = bytes[index + 1].hexValue,
                let low = bytes[index + 2].hexValue
            else { return nil }
            decoded.append(UInt8(high) << 4 | UInt8(low))
            index += 3
        } else {
            decoded.append(byte)
            index += 1
        }
    }
    return decoded
}
