// A head that the decoder has found valid, as one array of bytes; its parts become strings when
// they are asked for. An open connection keeps these few hundred bytes and no more.
// Spec: RFC 9112 §3. Next: HTTPHeadParser.swift, which makes it.

import EngineBytes

/// The request line and the fields of a request.
/// Spec: RFC 9112 §2.1
public struct HTTPRequestHead: Sendable {
    let bytes: [UInt8]
    let methodEnd: Int
    /// The path in the target, without an authority in front and a query behind.
    let pathRange: Range<Int>
    let targetRange: Range<Int>
    let fieldsStart: Int
    /// Small numbers: each open connection keeps its head.
    let hostRange: Range<UInt32>

    /// The digit behind `HTTP/1.`.
    public let minorVersion: Int
    /// Whether the client wants to use the connection for another request.
    /// Spec: RFC 9112 §9.3
    public let keepsAlive: Bool
    /// Whether there is a field Origin: most requests have none, and need not be searched.
    package let hasOrigin: Bool
    /// What it says about becoming a WebSocket.
    package let webSocket: WebSocketFields

    /// The method, in the case in which it came: `GET`.
    public var method: String { String(decoding: bytes[..<methodEnd], as: UTF8.self) }

    /// The path without the query, percent-decoded: `/chat`.
    public var path: String {
        String(decoding: percentDecoded(rawPath) ?? [], as: UTF8.self)
    }

    /// The fields.
    public var fields: HTTPFields { HTTPFields(lines: bytes[fieldsStart...].dropLast(2)) }

    /// The field Host as it came, empty without one; no string is made.
    package var host: ArraySlice<UInt8> { slice(hostRange) }

    /// The field Sec-WebSocket-Key as it came; empty without one, or with two.
    package var webSocketKey: ArraySlice<UInt8> { slice(webSocket.key ?? 0..<0) }

    private func slice(_ range: Range<UInt32>) -> ArraySlice<UInt8> {
        bytes[Int(range.lowerBound)..<Int(range.upperBound)]
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

/// What a request says about becoming a WebSocket, noted while it is parsed: to search for each
/// field would take as long as to parse all of them.
/// Spec: RFC 6455 §4.2.1
package struct WebSocketFields: Sendable {
    /// Whether it says `Upgrade: websocket`.
    package internal(set) var isAskedFor = false
    /// Whether it says `Connection: Upgrade`.
    package internal(set) var saysUpgrade = false
    /// Whether the version is 13, given once; nil: none is given.
    package private(set) var isVersion13: Bool?
    /// Whether subprotocols are offered.
    package private(set) var offersProtocols = false
    /// Where the key stands; empty where there are two.
    private(set) var key: Range<UInt32>?

    mutating func note(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        switch name.count {
        case 17 where name.equalsIgnoringCase("sec-websocket-key"):
            key = key == nil ? value.smallIndices : 0..<0
        case 21 where name.equalsIgnoringCase("sec-websocket-version"):
            isVersion13 = isVersion13 == nil && value.equals("13")
        case 22 where name.equalsIgnoringCase("sec-websocket-protocol"): offersProtocols = true
        default: break
        }
    }
}

extension ArraySlice<UInt8> {
    /// Where it lies in its array; small numbers, as each open connection keeps them.
    var smallIndices: Range<UInt32> { UInt32(clamping: startIndex)..<UInt32(clamping: endIndex) }
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
