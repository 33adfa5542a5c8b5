// The messages of @socket.io/redis-streams-adapter: those in the stream, and those that pass by
// PUBLISH. In: what the engine says, entries, payloads. Out: the same for the other side. Nothing
// here waits or connects.
// Spec: Socket.IO, @socket.io/redis-streams-adapter, as captured in Tests/RedisTests/vectors.json.
// Next: StreamEntry.swift, StreamCarrier.swift.

import Engine
import MessagePackWire

/// What a message is about.
enum ClusterType {
    static let broadcast = 3
    static let join = 4
    static let leave = 5
    static let disconnect = 6
    static let fetch = 7
    static let fetched = 8
    static let serverSideEmit = 9
    static let serverSideAnswer = 10
    static let clientCount = 11
    static let acknowledgement = 12
    /// Of this implementation's servers alone; others ignore what they don't know.
    static let release = 100
    static let released = 101
}

/// A message's type and what it says.
struct ClusterForm: Equatable {
    let type: Int
    let data: Wire

    init(_ type: Int, _ members: [(String, Wire?)]) {
        self.type = type
        data = .members(members)
    }

    /// Whether it stands in the stream: what others have to do, whenever they hear of it. All else
    /// is of use at the moment only.
    var isKept: Bool {
        switch type {
        case ClusterType.broadcast: data["requestId"] == nil
        case ClusterType.join, ClusterType.leave, ClusterType.disconnect: true
        default: false
        }
    }

    /// Nil: the message has no form here.
    init?(_ content: AdapterMessage.Content) {
        switch content {
        case .emit(let target, let packet):
            guard let event = packet.wire else { return nil }
            self.init(
                ClusterType.broadcast,
                [("packet", ["type": 2, "data": event]), ("opts", target.wire())])
        case .ask(let target, let packet, let request, let timeout):
            guard let event = packet.wire else { return nil }
            self.init(
                ClusterType.broadcast,
                [
                    ("packet", ["type": 2, "data": event]), ("requestId", .string(request)),
                    ("opts", target.wire(timeout: timeout)),
                ])
        case .asked(let count, _, let request):
            self.init(
                ClusterType.clientCount,
                [("requestId", .string(request)), ("clientCount", .int(Int64(count)))])
        case .answered(_, let packet, let request):
            guard let values = packet?.wire else { return nil }
            self.init(
                ClusterType.acknowledgement,
                [("requestId", .string(request)), ("packet", values[0] ?? .null)])
        case .join(let target, let rooms):
            self.init(ClusterType.join, [("opts", target.wire()), ("rooms", .strings(rooms))])
        case .leave(let target, let rooms):
            self.init(ClusterType.leave, [("opts", target.wire()), ("rooms", .strings(rooms))])
        case .disconnect(let target, let close):
            self.init(ClusterType.disconnect, [("opts", target.wire()), ("close", .bool(close))])
        case .fetch(let target, let request):
            self.init(
                ClusterType.fetch, [("opts", target.wire()), ("requestId", .string(request))])
        case .fetched(let snapshots, let request):
            self.init(
                ClusterType.fetched,
                [("requestId", .string(request)), ("sockets", .array(snapshots.map(\.wire)))])
        case .serverSide(let packet, let request):
            self.init(
                ClusterType.serverSideEmit,
                [("requestId", request.map { .string($0) }), ("packet", packet.wire)])
        case .serverSideAnswer(let packet, let request):
            self.init(
                ClusterType.serverSideAnswer,
                [("requestId", .string(request)), ("packet", packet.wire?[0])])
        case .release(let pid, let request):
            self.init(
                ClusterType.release, [("pid", .string(pid)), ("requestId", .string(request))])
        case .released(let wasHere, let request):
            self.init(
                ClusterType.released,
                [("requestId", .string(request)), ("wasHere", .bool(wasHere))])
        case .stopAsking: return nil
        }
    }

    /// What a message of this type says; nil: it is not understood.
    static func content(_ type: Int, _ data: Wire) -> AdapterMessage.Content? {
        let request = data["requestId"]?.string
        switch type {
        case ClusterType.broadcast: return broadcast(data, request)
        case ClusterType.join, ClusterType.leave:
            guard let target = AdapterMessage.Target(data["opts"]),
                let rooms = data["rooms"]?.names
            else { return nil }
            return type == ClusterType.join ? .join(target, rooms) : .leave(target, rooms)
        case ClusterType.disconnect:
            return AdapterMessage.Target(data["opts"]).map {
                .disconnect($0, close: data["close"]?.bool == true)
            }
        case ClusterType.serverSideEmit:
            return AdapterMessage.Packet(event: data["packet"]).map {
                .serverSide($0, request: request)
            }
        default: return request.flatMap { answer(type, data, $0) }
        }
    }

    private static func broadcast(_ data: Wire, _ request: String?) -> AdapterMessage.Content? {
        // One with an id was for a single client of its server, which has it; it is in the stream
        // all the same.
        guard let packet = data["packet"], packet["id"]?.int == nil,
            let event = AdapterMessage.Packet(event: packet["data"]),
            let target = AdapterMessage.Target(data["opts"])
        else { return nil }
        guard let request else { return .emit(target, event) }
        let time = data["opts"]?["flags"]?["timeout"]?.int ?? defaultAnswerTime
        return .ask(target, event, request: request, timeout: time)
    }

    /// Questions, and answers to them.
    private static func answer(
        _ type: Int, _ data: Wire, _ request: String
    ) -> AdapterMessage.Content? {
        switch type {
        case ClusterType.fetch:
            AdapterMessage.Target(data["opts"]).map { .fetch($0, request: request) }
        case ClusterType.fetched:
            data["sockets"]?.array.map {
                .fetched($0.compactMap(RemoteSocket.Snapshot.init), request: request)
            }
        case ClusterType.serverSideAnswer:
            .serverSideAnswer(.init(answer: data["packet"]), request: request)
        case ClusterType.clientCount:
            .asked(count: max(0, data["clientCount"]?.int ?? 0), ids: nil, request: request)
        case ClusterType.acknowledgement:
            .answered(nil, .init(answer: data["packet"]), request: request)
        case ClusterType.release:
            data["pid"]?.string.map { .release(pid: $0, request: request) }
        case ClusterType.released:
            .released(data["wasHere"]?.bool == true, request: request)
        default: nil
        }
    }

    // MARK: - By PUBLISH

    /// `{type, data, uid, nsp}` in MessagePack.
    func published(uid: String, namespace: String) -> [UInt8] {
        MessagePackEncoder.encode([
            "type": .int(Int64(type)), "data": data, "uid": .string(uid),
            "nsp": .string(namespace),
        ])
    }

    /// What was published; nil: it is not understood, or for another namespace.
    static func message(published payload: [UInt8], in namespace: String) -> AdapterMessage? {
        guard let message = Wire(received: payload[...]), let type = message["type"]?.int,
            let uid = message["uid"]?.string, message["nsp"]?.string == namespace,
            let content = content(type, message["data"] ?? [:])
        else { return nil }
        return AdapterMessage(server: uid, namespace: namespace, content: content)
    }
}
