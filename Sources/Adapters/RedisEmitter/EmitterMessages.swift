// What is said to the servers, in the words of their adapters. In: a choice of clients, and what to
// do. Out: a command for Redis with the bytes that @socket.io/redis-emitter sends.
// Spec: Socket.IO, messages of @socket.io/redis-adapter and redis-streams-adapter, as captured in
// Tests/RedisTests/vectors.json. Next: RedisEmitter.swift.

import EngineBytes
import MessagePackWire
import RESPWire
import SocketIOEvents

extension EmitterTarget {
    /// What stands in the place of a server's name.
    private static let name: MessagePackValue = "emitter"

    /// Types of messages: a number of the pub/sub adapter, and one of the streams adapter.
    private enum Kind {
        case join, leave, disconnect, serverSide, broadcast

        var request: Int64 {
            switch self {
            case .join: 2
            case .leave: 3
            case .disconnect: 4
            case .serverSide: 6
            case .broadcast: 7
            }
        }

        var cluster: Int64 {
            switch self {
            case .broadcast: 3
            case .join: 4
            case .leave: 5
            case .disconnect: 6
            case .serverSide: 9
            }
        }
    }

    func publish(_ event: OutgoingEvent) {
        // It was encoded here: it is valid.
        guard let data = MessagePackValue(event.arguments) else { return }
        switch emitter.options.mode {
        case .pubSub:
            let packet: MessagePackValue = ["type": 2, "data": data, "nsp": .string(namespace)]
            let options: MessagePackValue = [
                "rooms": list(rooms), "flags": flags, "except": list(excludedRooms),
            ]
            // The servers listen to all rooms of a namespace by a pattern.
            let room = rooms.count == 1 ? rooms[0] + "#" : ""
            publish(
                channel + room, MessagePackEncoder.encode([Self.name, packet, options]))
        case .streams:
            append(.broadcast, ["packet": ["type": 2, "data": data], "opts": clusterOptions])
        }
    }

    func publish(join rooms: [String]) { request(.join, "rooms", list(rooms)) }

    func publish(leave rooms: [String]) { request(.leave, "rooms", list(rooms)) }

    func publish(disconnect close: Bool) { request(.disconnect, "close", .bool(close)) }

    func publish(serverSide event: OutgoingEvent) {
        guard let data = MessagePackValue(event.arguments) else { return }
        switch emitter.options.mode {
        case .pubSub:
            publishRequest(["uid": Self.name, "type": .int(Kind.serverSide.request), "data": data])
        case .streams:
            // It is not kept in the stream: for a server that comes back it would be too late.
            let message: MessagePackValue = [
                "type": .int(Kind.serverSide.cluster), "data": ["packet": data],
                "uid": Self.name, "nsp": .string(namespace),
            ]
            publish(channel, MessagePackEncoder.encode(message))
        }
    }

    // MARK: - Forms

    /// What all servers do with the clients that are meant.
    private func request(_ kind: Kind, _ name: String, _ value: MessagePackValue) {
        switch emitter.options.mode {
        case .pubSub:
            let options: MessagePackValue = ["rooms": list(rooms), "except": list(excludedRooms)]
            publishRequest(
                .map([
                    .init("type", .int(kind.request)), .init("opts", options),
                    .init(.string(name), value),
                ]))
        case .streams:
            append(kind, .map([.init("opts", clusterOptions), .init(.string(name), value)]))
        }
    }

    private var clusterOptions: MessagePackValue {
        ["rooms": list(rooms), "except": list(excludedRooms), "flags": flags]
    }

    private var flags: MessagePackValue {
        var members: [MessagePackValue.Member] = []
        if isVolatile { members.append(.init("volatile", true)) }
        if let isCompressed { members.append(.init("compress", .bool(isCompressed))) }
        return .map(members)
    }

    private func list(_ names: [String]) -> MessagePackValue { .array(names.map { .string($0) }) }

    // MARK: - Carriers

    private var channel: String { "\(emitter.options.key)#\(namespace)#" }

    private func publish(_ channel: String, _ message: [UInt8]) {
        emitter.send(RESPCommand("PUBLISH", channel, message))
    }

    private func publishRequest(_ message: MessagePackValue) {
        publish("\(emitter.options.key)-request#\(namespace)#", message.jsonText)
    }

    /// JSON, or, with bytes in it, MessagePack in Base64.
    private func append(_ kind: Kind, _ message: MessagePackValue) {
        let data =
            message.hasBinary
            ? Base64.encode(MessagePackEncoder.encode(message)[...]) : message.jsonText
        let options = emitter.options
        emitter.send(
            RESPCommand(
                "XADD", options.key, "MAXLEN", "~", options.streamLength, "*",
                "uid", "emitter", "nsp", namespace, "type", Int(kind.cluster), "data", data))
    }
}
