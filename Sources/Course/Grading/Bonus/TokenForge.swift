// Tokens for checks: right ones, and wrong ones of each kind. Written here once more, so that a
// mistake of the module TokenWire cannot hide itself. In: a secret, claims. Out: a token.
// Spec: RFC 7515 §3.1, RFC 2104 §2. Next: BonusSteps.swift.

import EngineBytes

/// Makes tokens with a program's secret.
package struct TokenForge {
    let secret: String

    package init(secret: String) { self.secret = secret }

    /// A token with a header and claims as they are.
    package func token(_ claims: JSON, header: JSON = ["alg": "HS256", "typ": "JWT"]) -> String {
        let input = [header, claims].map { Self.part(ChatClient.text($0)) }.joined(separator: ".")
        return "\(input).\(Base64.encodeURL(code(of: Array(input.utf8))))"
    }

    /// One without a signature, as `"alg": "none"` has it.
    func unsigned(_ claims: JSON) -> String {
        let header: JSON = ["alg": "none", "typ": "JWT"]
        return [header, claims].map { Self.part(ChatClient.text($0)) }.joined(separator: ".") + "."
    }

    private static func part(_ text: String) -> String { Base64.encodeURL(Array(text.utf8)) }

    /// HMAC-SHA-256; a secret of more than a block is hashed first.
    private func code(of message: [UInt8]) -> [UInt8] {
        let bytes = Array(secret.utf8)
        let short = bytes.count > 64 ? SHA256.digest(bytes) : bytes
        let key = short + Array(repeating: 0, count: 64 - short.count)
        let inner = SHA256.digest(key.map { $0 ^ 0x36 } + message)
        return SHA256.digest(key.map { $0 ^ 0x5C } + inner)
    }
}
