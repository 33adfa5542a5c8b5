// Base64 for URLs and the names of files. In: bytes. Out: text. Spec: RFC 4648 §5.
// Next: ../Base64.swift.

extension Base64 {
    /// The spelling of `bytes` that needs no escape in a URL or a file name, without padding.
    /// Spec: RFC 4648 §5
    package static func encodeURL(_ bytes: [UInt8]) -> String {
        let text = encode(bytes[...]).prefix { $0 != .equals }.map {
            $0 == "+" ? .hyphen : $0 == "/" ? UInt8(ascii: "_") : $0
        }
        return String(decoding: text, as: UTF8.self)
    }
}
