// Bytes cannot stand in JSON: a placeholder stands there for them, and they follow as messages of
// their own. In: `{"_placeholder":true,"num":0}`. Out: the attachment with that number.
// Spec: Socket.IO v5 "Packet encoding". Next: Arguments.swift, ArgumentsEncoder.swift.

import Foundation

/// What stands in a payload in place of an attachment.
struct Placeholder: Codable {
    let isPlaceholder: Bool
    let number: Int

    enum CodingKeys: String, CodingKey {
        case isPlaceholder = "_placeholder"
        case number = "num"
    }

    /// Where a decoder finds the attachments of the packet that it decodes.
    static let userInfoKey = CodingUserInfoKey(rawValue: "attachments")

    init(number: Int) {
        isPlaceholder = true
        self.number = number
    }

    /// The attachment that it stands for; nil where no attachments came with the packet, and it
    /// is an object like any other.
    func attachment(in decoder: any Decoder) throws -> Data? {
        guard isPlaceholder, let key = Self.userInfoKey,
            let list = decoder.userInfo[key] as? [[UInt8]]
        else { return nil }
        guard list.indices.contains(number) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no such attachment"))
        }
        return Data(list[number])
    }
}
