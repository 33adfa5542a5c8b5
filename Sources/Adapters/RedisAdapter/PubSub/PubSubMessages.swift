// The messages of @socket.io/redis-adapter. In: what the engine says, payloads of channels. Out:
// channels and payloads, what the engine hears. Nothing here waits or connects.
// Spec: Socket.IO, @socket.io/redis-adapter, as captured in Tests/RedisTests/vectors.json.
// Next: PubSubCarrier.swift, ../CommonForms.swift.

import Engine
import EngineBytes
import MessagePackWire

/// The names of a namespace's channels.
struct PubSubChannels {
    /// Events; those to one room have its name and another `#` behind it.
    let events: String
    let requests: String
    let responses: String

    init(key: String, namespace: String) {
        events = "\(key)#\(namespace)#"
        requests = "\(key)-request#\(namespace)#"
        responses = "\(key)-response#\(namespace)#"
    }

    /// The pattern of all channels with events. What means something in a pattern is escaped.
    var pattern: String {
        var pattern = ""
        for character in events.unicodeScalars {
            if "*?[]\\^".unicodeScalars.contains(character) { pattern.unicodeScalars.append("\\") }
            pattern.unicodeScalars.append(character)
        }
        return pattern + "*"
    }

    /// The room that a channel is for; an empty text: it is for several, or for all.
    func room(of channel: String) -> String {
        let rest = channel.utf8.dropFirst(events.utf8.count)
        return rest.isEmpty ? "" : String(decoding: rest.dropLast(), as: UTF8.self)
    }
}

/// What is published where.
struct PubSubPublication: Equatable {
    let channel: String
    let payload: [UInt8]
    /// Whether it is still of use when Redis was away for a while.
    var mayWait = false
}

/// Kinds of requests and responses.
enum PubSubType {
    static let sockets = 0
    static let allRooms = 1
    static let join = 2
    static let leave = 3
    static let disconnect = 4
    static let fetch = 5
    static let serverSideEmit = 6
    static let broadcast = 7
    static let clientCount = 8
    static let acknowledgement = 9
}

extension PubSubPublication {
    /// Nil: the message has no form here.
    init?(_ message: AdapterMessage, _ channels: PubSubChannels, specificResponses: Bool) {
        let uid = message.server ?? ""
        var responses = channels.responses
        if specificResponses, let asker = message.recipient { responses += "\(asker)#" }
        switch message.content {
        case .emit(let target, let packet):
            guard let data = packet.wire else { return nil }
            let event: Wire = ["type": 2, "data": data, "nsp": .string(message.namespace)]
            let room = target.rooms.count == 1 ? "\(target.rooms[0])#" : ""
            self.init(
                channel: channels.events + room,
                payload: MessagePackEncoder.encode([.string(uid), event, target.wire()]),
                mayWait: true)
        case .ask(let target, let packet, let request, let timeout):
            guard let data = packet.wire else { return nil }
            let event: Wire = ["type": 2, "data": data, "nsp": .string(message.namespace)]
            let question: Wire = [
                "uid": .string(uid), "requestId": .string(request), "type": 7, "packet": event,
                "opts": target.wire(timeout: timeout),
            ]
            self.init(
                channel: channels.requests, payload: MessagePackEncoder.encode(question))
        case .asked(let count, _, let request):
            let answer: Wire = [
                "type": 8, "requestId": .string(request), "clientCount": .int(Int64(count)),
            ]
            self.init(channel: responses, payload: answer.jsonText)
        case .answered(_, let packet, let request):
            guard let values = packet?.wire else { return nil }
            let answer = Wire.members([
                ("type", 9), ("requestId", .string(request)), ("packet", values[0]),
            ])
            self.init(channel: responses, payload: MessagePackEncoder.encode(answer))
        case .join(let target, let rooms):
            self.init(uid, 2, target, ("rooms", .strings(rooms)), channels)
        case .leave(let target, let rooms):
            self.init(uid, 3, target, ("rooms", .strings(rooms)), channels)
        case .disconnect(let target, let close):
            self.init(uid, 4, target, ("close", .bool(close)), channels)
        case .fetch(let target, let request):
            let question: Wire = [
                "uid": .string(uid), "requestId": .string(request), "type": 5,
                "opts": target.wireWithoutFlags,
            ]
            self.init(channel: channels.requests, payload: question.jsonText)
        case .fetched(let snapshots, let request):
            let answer: Wire = [
                "requestId": .string(request), "sockets": .array(snapshots.map(\.wire)),
            ]
            self.init(channel: responses, payload: answer.jsonText)
        case .serverSide(let packet, let request):
            let event = Wire.members([
                ("uid", .string(uid)), ("requestId", request.map { .string($0) }), ("type", 6),
                ("data", packet.wire),
            ])
            self.init(
                channel: channels.requests, payload: event.jsonText, mayWait: request == nil)
        case .serverSideAnswer(let packet, let request):
            let answer = Wire.members([
                ("type", 6), ("requestId", .string(request)), ("data", packet.wire?[0]),
            ])
            // To the common channel, always.
            self.init(channel: channels.responses, payload: answer.jsonText)
        case .stopAsking, .release, .released: return nil
        }
    }

    /// What sockets shall do.
    private init(
        _ uid: String, _ type: Int64, _ target: AdapterMessage.Target, _ member: (String, Wire),
        _ channels: PubSubChannels
    ) {
        let request: Wire = [
            "uid": .string(uid), "type": .int(type), "opts": target.wireWithoutFlags,
            member.0: member.1,
        ]
        self.init(channel: channels.requests, payload: request.jsonText, mayWait: true)
    }

    /// An answer to a request that the engine has no word for.
    init(_ answer: Wire, channel: String) {
        self.init(channel: channel, payload: answer.jsonText)
    }
}
