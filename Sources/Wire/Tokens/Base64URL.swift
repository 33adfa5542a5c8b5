// Base64 as tokens use it: the alphabet of addresses, and no padding. In: text. Out: bytes.
// Spec: RFC 4648 §5, RFC 7515 §2. Next: TokenSigner.swift.

import EngineBytes

/// The strict reading: of each list of bytes one spelling only, so that no token has a second form.
enum Base64URL {
    /// The bytes that `text` spells; nil: none, or not in the one right way.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.allSatisfy({ $0 != .plus && $0 != .slash && $0 != .equals }) else {
            return nil
        }
        let standard = text.utf8.map { digit in
            digit == .hyphen ? .plus : digit == UInt8(ascii: "_") ? .slash : digit
        }
        guard let bytes = Base64.decode(standard[...]), Base64.encodeURL(bytes) == text else {
            return nil
        }
        return bytes
    }
}
