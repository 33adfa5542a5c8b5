// What a server keeps of a password: not the password, but what can only be computed from it, and
// takes a while. In: a password, a salt, how many rounds. Out: a value to store; whether a password
// is the one that it was made of. Spec: RFC 8018 §5.2 (PBKDF2), with HMAC-SHA-256.
// Next: HMAC.swift.

import EngineBytes

/// A password, stretched. Who steals it has to try passwords, and each try costs all the rounds.
public struct StoredPassword: Codable, Equatable, Sendable {
    /// Random bytes, other ones for each user: the same password is not the same value twice.
    public let salt: [UInt8]
    /// How often it was hashed. It is stored, so that new passwords can have more.
    public let rounds: Int
    /// The 32 bytes that came out.
    public let digest: [UInt8]

    /// Stretches a password: about 2 µs a round, in a debug build too. For the thread that serves
    /// everyone that is too long: call it in a task of its own. The salt should have 16 random
    /// bytes.
    /// Spec: RFC 8018 §5.2
    public init(of password: String, salt: [UInt8], rounds: Int) {
        self.salt = salt
        self.rounds = rounds
        digest = Self.stretched(Array(password.utf8), salt, rounds)
    }

    /// Whether this is the password, in a time that does not tell how near it is.
    public func matches(_ password: String) -> Bool {
        isSame(digest, Self.stretched(Array(password.utf8), salt, rounds))
    }

    /// The first block of PBKDF2: 32 bytes.
    static func stretched(_ password: [UInt8], _ salt: [UInt8], _ rounds: Int) -> [UInt8] {
        stretched(password, salt, rounds, block: 1)
    }

    /// A block of PBKDF2, counted from 1.
    static func stretched(
        _ password: [UInt8], _ salt: [UInt8], _ rounds: Int, block: UInt32
    ) -> [UInt8] {
        let code = HMAC(key: password)
        let first = HMAC.words(code.code(of: salt + bytes(of: [block])))
        let all = code.chain(rounds - 1, from: first)
        return bytes(of: all)
    }

    private static func bytes(of words: [UInt32]) -> [UInt8] {
        words.flatMap { word in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
        }
    }

    // MARK: - In a file

    private enum CodingKeys: CodingKey { case salt, rounds, digest }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func bytes(_ key: CodingKeys) throws -> [UInt8] {
            let text = try container.decode(String.self, forKey: key)
            guard let bytes = Base64URL.decode(text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "\"\(text)\" is not base64url")
            }
            return bytes
        }
        salt = try bytes(.salt)
        digest = try bytes(.digest)
        rounds = try container.decode(Int.self, forKey: .rounds)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Base64.encodeURL(salt), forKey: .salt)
        try container.encode(rounds, forKey: .rounds)
        try container.encode(Base64.encodeURL(digest), forKey: .digest)
    }
}
