// What messages of both modes have in common: which sockets are meant, packets, snapshots.
// In: values of MessagePack, which JSON becomes as well. Out: the engine's, and back, with members
// in the order in which other servers write them. Next: PubSub/PubSubMessages.swift.

import Engine
import Foundation
import MessagePackWire
import SocketIOEvents
import SocketIOWire

/// A value that has come from Redis or goes there.
typealias Wire = MessagePackValue

extension Wire {
    /// Some members, in order; those without a value are left out.
    static func members(_ members: [(String, Wire?)]) -> Wire {
        .map(members.compactMap { name, value in value.map { Member(.string(name), $0) } })
    }

    static func strings(_ names: some Sequence<String>) -> Wire { .array(names.map(Wire.string)) }

    /// Names; Node has numbers among them, when the program does.
    var names: [String]? {
        array?.compactMap { $0.string ?? $0.int.map(String.init) }
    }

    /// The value that these bytes are: JSON if they begin with a brace, otherwise MessagePack. Nil:
    /// neither.
    init?(received bytes: ArraySlice<UInt8>) {
        if bytes.first == UInt8(ascii: "{") {
            self.init(json: bytes)
        } else if let value = try? MessagePackDecoder.decode(bytes) {
            self = value
        } else {
            return nil
        }
    }

    /// A value of a program's, which may be of any shape. Nested too deeply, it is null.
    init(_ json: JSON) {
        var encoder = ArgumentsEncoder()
        guard (try? encoder.append(json)) != nil, let list = Wire(encoder.finish()) else {
            self = .null
            return
        }
        self = list[0] ?? .null
    }

    /// The same for a program; null for what it can't have.
    var asJSON: JSON {
        let list = Wire.array([self]).json
        return (try? Arguments(acknowledgement: list)?.decode(JSON.self, at: 0)) ?? .null
    }
}

extension AdapterMessage.Packet {
    /// An event's payload, or nil: it is no list that begins with a name.
    init?(event: Wire?) {
        guard let event, let first = event[0], first.string != nil || first.int != nil else {
            return nil
        }
        self.init(encoded: event.json)
    }

    /// An answer: of one value, or of none.
    init(answer: Wire?) { self.init(encoded: Wire.array(answer.map { [$0] } ?? []).json) }

    private init(encoded: EncodedArguments) {
        self.init(
            json: String(decoding: encoded.json, as: UTF8.self),
            attachments: encoded.attachments.map { Data($0) })
    }

    /// Its values; nil: it is no valid JSON.
    var wire: Wire? { Wire(encoded) }
}

extension AdapterMessage.Target {
    /// `opts`; nil: it has another form.
    init?(_ options: Wire?) {
        guard let options, let rooms = options["rooms"]?.names else { return nil }
        self.init(
            rooms: rooms, except: options["except"]?.names ?? [],
            isVolatile: options["flags"]?["volatile"]?.bool == true)
    }

    /// `{rooms, except}`.
    var wireWithoutFlags: Wire {
        ["rooms": .strings(rooms), "except": .strings(except)]
    }

    /// `{rooms, except, flags}`.
    func wire(timeout: Int? = nil) -> Wire {
        let flags = Wire.members([
            ("volatile", isVolatile ? true : nil), ("timeout", timeout.map { .int(Int64($0)) }),
        ])
        return ["rooms": .strings(rooms), "except": .strings(except), "flags": flags]
    }
}

extension RemoteSocket.Snapshot {
    /// An element of `sockets`; nil: it has another form.
    init?(_ value: Wire) {
        guard let id = value["id"]?.string else { return nil }
        var handshake = RemoteSocket.Handshake()
        if let said = value["handshake"] {
            handshake.headers = said["headers"]?.asJSON ?? [:]
            handshake.time = said["time"]?.string ?? ""
            handshake.address = said["address"]?.string ?? ""
            handshake.xdomain = said["xdomain"]?.bool ?? false
            handshake.secure = said["secure"]?.bool ?? false
            handshake.issued = said["issued"]?.int ?? 0
            handshake.url = said["url"]?.string ?? ""
            handshake.query = said["query"]?.asJSON ?? [:]
            handshake.auth = said["auth"]?.asJSON ?? [:]
        }
        self.init(
            id: id, rooms: Set(value["rooms"]?.names ?? [id]),
            data: value["data"]?.asJSON ?? [:], handshake: handshake)
    }

    var wire: Wire {
        let handshake: Wire = [
            "headers": Wire(handshake.headers), "time": .string(handshake.time),
            "address": .string(handshake.address), "xdomain": .bool(handshake.xdomain),
            "secure": .bool(handshake.secure), "issued": .int(Int64(handshake.issued)),
            "url": .string(handshake.url), "query": Wire(handshake.query),
            "auth": Wire(handshake.auth),
        ]
        return [
            "id": .string(id), "handshake": handshake,
            "rooms": .strings([id] + rooms.filter { $0 != id }.sorted()), "data": Wire(data),
        ]
    }
}

/// Time that sockets have for an answer where the server that asks does not say.
let defaultAnswerTime = 5_000
