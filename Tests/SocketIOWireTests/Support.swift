// Short ways to write what these suites are about.

import Foundation
import SocketIOWire
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

/// The same numbers in every run.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var mixed = state ^ (state >> 33)
        mixed = mixed &* 0xFF51_AFD7_ED55_8CCD
        return mixed ^ (mixed >> 33)
    }
}
