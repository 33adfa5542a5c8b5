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
    /// Whether it asks to become a WebSocket: it says `Upgrade: websocket`, and
    /// `Connection: Upgrade`.
    package let asksForWebSocket: Bool
    package let saysUpgrade: Bool

    /// The method, in the case in which it came: `GET`.
    public var method: String { String(decoding: bytes[..<methodEnd], as: UTF8.self) }

    /// The path without the query, percent-decoded: `/chat`.
    public var path: String {
        String(decoding: percentDecoded(rawPath) ?? [], as: UTF8.self)
    }

    /// The fields.
    public var fields: HTTPFields { HTTPFields(head: bytes, start: fieldsStart) }

    /// The field Host as it came, empty without one; no string is made.
    package var host: ArraySlice<UInt8> {
        bytes[Int(hostRange.lowerBound)..<Int(hostRange.upperBound)]
    }

    /// Whether the method is this one; no string is made.
    package func hasMethod(_ method: StaticString) -> Bool {
        bytes[..<methodEnd].equals(method)
    }

    /// The path as it came, for quick comparisons. A target may end at its authority; the path is
    /// "/" then. Spec: RFC 9110 §4.2.3
    package var rawPath: ArraySlice<UInt8> { pathRange.isEmpty ? [.slash] : bytes[pathRange] }

    // MARK: - The query

    private var rawQuery: ArraySlice<UInt8> {
        let start = pathRange.upperBound
        guard start < targetRange.upperBound, bytes[start] == .questionMark else { return [] }
        return bytes[(start + 1)..<targetRange.upperBound]
    }

    /// The undecoded value of the first query item with this name; no string is made.
    package func queryBytes(named name: StaticString) -> ArraySlice<UInt8>? {
        var found: ArraySlice<UInt8>?
        visitQuery { itemName, value in
            if found == nil, itemName.equals(name) { found = value }
        }
        return found
    }

    /// Walks over the items of the query, undecoded.
    func visitQuery(_ visit: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Void) {
        var rest = rawQuery
        while !rest.isEmpty {
            let end = rest.firstIndex(of: .ampersand) ?? rest.endIndex
            let item = rest[..<end]
            rest = end < rest.endIndex ? rest[(end + 1)...] : []
            guard !item.isEmpty else { continue }
            let equals = item.firstIndex(of: .equals) ?? item.endIndex
            visit(item[..<equals], equals < item.endIndex ? item[(equals + 1)...] : [])
        }
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
