// A host and a port: what a Host field holds, and an origin behind its scheme.
// In: bytes from outside, or a name that a program wrote. Out: a value that is the same for the
// same host, however it is spelled. Spec: RFC 3986 §3.2. Next: Origin.swift, HostCheck.swift.

import EngineBytes
import Foundation
import EngineSockets

/// A host, and a port where one is named.
struct Authority {
    /// In small letters, without the dot at the end that names the root; an IPv6 address without
    /// brackets, in its usual spelling.
    let host: String
    /// Nil: that of the scheme.
    let port: Int?

    /// The longest name that the domain name system has. Spec: RFC 1035 §2.3.4
    private static let longest = 253

    /// Nil: it is something else, or more than a host and a port. A name is letters, digits, `-`,
    /// `.` and `_`, as browsers send it; of other scripts `xn--…`.
    init?(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        if bytes.first == UInt8(ascii: "[") {
            let end = bytes.firstIndex(of: UInt8(ascii: "]")) ?? bytes.startIndex
            let literal = String(decoding: bytes[..<end].dropFirst(), as: UTF8.self)
            guard let address = SocketAddress(literal: literal) else { return nil }
            host = address.host
            rest = bytes[(end + 1)...]
        } else {
            var name = bytes.prefix { $0 != .colon }
            rest = bytes[name.endIndex...]
            if name.last == UInt8(ascii: ".") { name.removeLast() }
            guard (1...Self.longest).contains(name.count), name.allSatisfy(\.isHostCharacter)
            else { return nil }
            host = String(decoding: name.map(\.lowercased), as: UTF8.self)
        }
        let digits = rest.dropFirst()
        guard rest.first ?? .colon == .colon, digits.allSatisfy(\.isDigit) else { return nil }
        port = Int(String(decoding: digits, as: UTF8.self))
        guard digits.isEmpty || (port ?? .max) <= 65_535 else { return nil }
    }

    /// A host as a person writes it: a name of another script is turned into what browsers send.
    init?(written text: String) {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else {
            self.init(Array(text.utf8)[...])
            return
        }
        guard var url = URLComponents(string: "http://\(text)"), let name = url.encodedHost else {
            return nil
        }
        url.encodedHost = name
        self.init(Array((url.string ?? "").utf8.dropFirst("http://".utf8.count))[...])
    }
}

extension UInt8 {
    fileprivate nonisolated var isHostCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: isDigit
        }
    }
}
