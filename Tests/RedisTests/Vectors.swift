// What Node's servers and emitters were seen to send to Redis, byte for byte: vectors.json, one
// entry a line. In: that file. Out: entries. Next: VectorTests.swift.

import EngineBytes
import Foundation
import MessagePackWire

struct Vector: CustomStringConvertible {
    let fields: MessagePackValue

    var description: String { "\(string("mode")), \(string("what"))" }

    func string(_ name: String) -> String { fields[name]?.string ?? "" }

    /// The payload.
    var bytes: [UInt8] { Base64.decode(Array(string("bytes_base64").utf8)[...]) ?? [] }

    /// The payload as MessagePack, whether it was sent as such or in Base64.
    var messagePack: [UInt8]? {
        switch string("format") {
        case "msgpack": bytes
        case "base64 of msgpack": Base64.decode(bytes[...])
        default: nil
        }
    }

    /// What the payload says, by another decoder.
    var decoded: MessagePackValue? { fields["decoded"].map(Self.special) }

    static let all: [Vector] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "vectors.json")
        let value = (try? Data(contentsOf: file)).flatMap { MessagePackValue(json: Array($0)[...]) }
        return (value?.array ?? []).map { Vector(fields: $0) }
    }()

    /// Turns the file's signs for what JSON does not have into values.
    private static func special(_ value: MessagePackValue) -> MessagePackValue {
        // The file's numbers are JavaScript's.
        if case .uint(let number) = value { return .uint(UInt64(Double(number))) }
        if let elements = value.array { return .array(elements.map(special)) }
        guard let members = value.members else { return value }
        if members.count == 1, let text = members[0].value.string {
            switch members[0].key.string {
            case "$bin": return .binary(Base64.decode(Array(text.utf8)[...]) ?? [])
            case "$date": return timestamp(text)
            case "$num": return .double(Double(text.replacing("Infinity", with: "inf")) ?? .nan)
            default: break
            }
        }
        return .map(members.map { .init($0.key, special($0.value)) })
    }

    private static func timestamp(_ text: String) -> MessagePackValue {
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = try? format.parse(text) else { return .null }
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        let seconds = (milliseconds / 1000).rounded(.down)
        return .timestamp(
            seconds: Int64(seconds),
            nanoseconds: UInt32(milliseconds - seconds * 1000) * 1_000_000)
    }
}
