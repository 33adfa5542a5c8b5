// Tokens that name a user until a certain moment, and that only the owner of the secret can make:
// JSON Web Tokens, signed by HMAC-SHA-256. In: a secret; claims, or a token and the time. Out: a
// token, or its claims, or why it is not to be believed.
// Spec: RFC 7519 §7, with RFC 7515 and RFC 7518 §3.2. Next: HMAC.swift.

import EngineBytes
import Foundation

/// Why a token is not to be believed.
public enum TokenProblem: Error, Equatable, CustomStringConvertible {
    /// It was right, and its time is over: who has it signs in again.
    case expired
    /// All else: it is no token, it was signed with another secret, or it is not valid yet.
    case invalid(String)

    public var description: String {
        switch self {
        case .expired: "the token has expired"
        case .invalid(let reason): "the token is not valid: \(reason)"
        }
    }
}

/// Makes tokens and checks them, with one secret.
///
/// `try signer.sign(Claims(username: "ada", exp: now + 3_600))`
public struct TokenSigner: Sendable {
    private let key: [UInt8]
    /// Bytes of the longest token that is looked at: a request's head has room for 16,384.
    private let limit = 4_096

    /// The secret has to have 32 bytes or more; nil: it has less.
    /// Spec: RFC 7518 §3.2
    public init?(secret: String) {
        guard secret.utf8.count >= 32 else { return nil }
        key = Array(secret.utf8)
    }

    /// For the vectors of the standards, whose keys are bytes.
    init(key: [UInt8]) { self.key = key }

    // MARK: - Making

    /// A token with these claims. They should have a number `exp`, the second since 1970 in which
    /// the token ends: `verify` wants it. Throws what the claims' `encode` throws.
    /// Spec: RFC 7515 §3.1
    public func sign(_ claims: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let input = "\(Self.header).\(Base64.encodeURL(Array(try encoder.encode(claims))))"
        return "\(input).\(signature(of: input[...]))"
    }

    private static let header = Base64.encodeURL(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))

    private func signature(of input: Substring) -> String {
        Base64.encodeURL(HMAC(key: key).code(of: Array(input.utf8)))
    }

    // MARK: - Checking

    /// The claims of a token, if it is one of ours and valid at `now`, in seconds since 1970. The
    /// signature is computed and compared as a whole before anything else is looked at: the time
    /// that a refusal takes does not tell how near a forged one is. Throws a `TokenProblem`.
    /// Spec: RFC 7515 §5.2, RFC 7519 §7.2
    public func verify<Claims: Decodable>(
        _ token: String, as type: Claims.Type = Claims.self, at now: Double
    ) throws(TokenProblem) -> Claims {
        guard token.utf8.count <= limit else { throw .invalid("it has over \(limit) bytes") }
        let end = token.lastIndex(of: ".") ?? token.endIndex
        let wanted = signature(of: token[..<end])
        guard isSame(Array(token[end...].dropFirst().utf8), Array(wanted.utf8)) else {
            throw .invalid("its signature is not ours")
        }
        let parts = token[..<end].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let header = Self.decoded(parts[0], as: Header.self),
            header.alg == "HS256", header.crit == nil
        else { throw .invalid("it is not signed by HS256") }
        guard let times = Self.decoded(parts[1], as: Times.self) else {
            throw .invalid("it does not say when it ends")
        }
        guard now < times.exp else { throw .expired }
        guard now >= times.nbf ?? now else { throw .invalid("its time has not begun") }
        guard let claims = Self.decoded(parts[1], as: type) else {
            throw .invalid("a claim is missing")
        }
        return claims
    }

    private struct Header: Decodable {
        let alg: String
        /// Extensions that have to be understood. We know none.
        let crit: [String]?
    }

    /// Spec: RFC 7519 §4.1.4 and §4.1.5
    private struct Times: Decodable {
        let exp: Double
        let nbf: Double?
    }

    private static func decoded<Value: Decodable>(
        _ part: Substring, as type: Value.Type
    ) -> Value? {
        guard let bytes = Base64URL.decode(part) else { return nil }
        return try? JSONDecoder().decode(type, from: Data(bytes))
    }
}
