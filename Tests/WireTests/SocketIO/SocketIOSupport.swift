// Short ways to write what these suites are about.

import Foundation
import SocketIOWire
import TestSupport
import Testing

func bytes(_ text: String) -> ArraySlice<UInt8> { ArraySlice(text.utf8) }

func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

/// What stands for the attachment with this number.
func place(_ number: Int) -> String { "{\"_placeholder\":true,\"num\":\(number)}" }

/// Decodes one packet without attachments.
func packet(_ text: String) throws -> SocketIOPacket {
    var decoder = SocketIOPacketDecoder()
    return try #require(try decoder.decode(text: bytes(text)))
}

/// The arguments of an event with attachments.
func arguments(_ text: String, _ attachments: [[UInt8]] = []) throws -> Arguments {
    var decoder = SocketIOPacketDecoder()
    var packet = try decoder.decode(text: bytes(text))
    for attachment in attachments { packet = try decoder.decode(binary: attachment) }
    guard case .event(_, _, let arguments)? = packet else {
        throw NoEvent()
    }
    return arguments
}

struct NoEvent: Error {}

/// The JSON of a value.
func json(_ value: some Encodable) throws -> String { try ArgumentsEncoder.text(of: value) }

/// The value of a JSON text.
func value<T: Decodable>(_ type: T.Type, _ json: String) throws -> T {
    try arguments("2[\"x\",\(json)]").decode(type, at: 0)
}

/// Any JSON, so deep at most.
func randomValue(_ depth: Int, _ random: inout SeededGenerator) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .int(Int.random(in: .min ... .max, using: &random))
    case 3: return .double(Double.random(in: -1e9...1e9, using: &random))
    case 4: return .string(randomString(&random))
    case 5:
        return .array(
            (0..<Int.random(in: 0..<5, using: &random)).map { _ in
                randomValue(depth - 1, &random)
            })
    default:
        var members: [String: JSON] = [:]
        for _ in 0..<Int.random(in: 0..<5, using: &random) {
            members[randomString(&random)] = randomValue(depth - 1, &random)
        }
        return .object(members)
    }
}

/// A few characters, of those that are hard to carry.
func randomString(_ random: inout SeededGenerator) -> String {
    let alphabet = Array("ab\"\\/\n\t\u{0}\u{1F}é🙂\u{2028}👨‍👩‍👧 []{},:")
    return String(
        (0..<Int.random(in: 0..<8, using: &random)).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        })
}
