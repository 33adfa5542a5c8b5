// A target, and its query, decoded: what is behind the question mark. And the host.
// Next: ../HTTPRequestHead.swift.

import EngineBytes

extension HTTPRequestHead {
    /// The field Host as it came, empty without one; no string is made.
    package var host: ArraySlice<UInt8> { slice(hostRange) }

    /// The target as it came: `/chat?room=1`.
    public var target: String { String(decoding: bytes[targetRange], as: UTF8.self) }

    /// The decoded value of the first query item with this name: `+` and `%20` are spaces.
    public func queryValue(_ name: String) -> String? {
        // By its bytes: to a String, `é` in one character and in two would be the same.
        queryItems.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// All query items, decoded, in their order. What is not UTF-8 is repaired with U+FFFD.
    public var queryItems: [(name: String, value: String)] {
        query.split(separator: .ampersand).map { item in
            let equals = item.firstIndex(of: .equals) ?? item.endIndex
            return (formDecoded(item[..<equals]), formDecoded(item[equals...].dropFirst()))
        }
    }

    private func formDecoded(_ bytes: ArraySlice<UInt8>) -> String {
        let spaced = bytes.map { $0 == .plus ? .space : $0 }
        return String(decoding: percentDecoded(spaced[...]) ?? Array(bytes), as: UTF8.self)
    }
}
