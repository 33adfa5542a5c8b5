// What comes by the channels of @socket.io/redis-adapter. In: payloads. Out: what the engine hears,
// or what is answered at once; nothing for what is not understood: other programs may say it.
// Next: PubSubMessages.swift, PubSubCarrier.swift.

import Engine
import MessagePackWire

/// What a payload means.
enum PubSubReading {
    /// Another server's event; nil: this server's own, one for another namespace, or none.
    static func event(
        _ payload: [UInt8], in namespace: String, notFrom own: String
    ) -> AdapterMessage? {
        // Mostly it is one's own that comes back: no need to decode it.
        guard !payload.starts(with: ownPrefix(own)),
            let message = Wire(received: payload[...]), let uid = message[0]?.string, uid != own,
            let packet = message[1], packet["nsp"]?.string ?? "/" == namespace,
            let event = AdapterMessage.Packet(event: packet["data"]),
            let target = AdapterMessage.Target(message[2])
        else { return nil }
        return AdapterMessage(server: uid, namespace: namespace, content: .emit(target, event))
    }

    /// How a broadcast of this server begins: an array of three, the name.
    static func ownPrefix(_ own: String) -> [UInt8] {
        Array(MessagePackEncoder.encode([.string(own), nil, nil]).dropLast(2))
    }

    /// What another program asks of all servers.
    static func request(_ payload: [UInt8], in namespace: String) -> PubSubRequest? {
        guard let request = Wire(received: payload[...]), let type = request["type"]?.int else {
            return nil
        }
        let uid = request["uid"]?.string
        let id = request["requestId"]?.string
        func heard(_ content: AdapterMessage.Content) -> PubSubRequest {
            .heard(AdapterMessage(server: uid, namespace: namespace, content: content))
        }
        // Older servers name one socket, and want to hear that it is done.
        if request["opts"] == nil, let sid = request["sid"]?.string, let id {
            let target = AdapterMessage.Target(rooms: [sid])
            let rooms = request["room"]?.string.map { [$0] } ?? []
            switch type {
            case PubSubType.join: return .old(sid, .join(target, rooms), requestID: id, uid)
            case PubSubType.leave: return .old(sid, .leave(target, rooms), requestID: id, uid)
            case PubSubType.disconnect:
                let close = request["close"]?.bool == true
                return .old(sid, .disconnect(target, close: close), requestID: id, uid)
            default: break
            }
        }
        let target = AdapterMessage.Target(request["opts"])
        let rooms = request["rooms"]?.names
        switch type {
        case PubSubType.sockets: return id.map { .sockets(rooms ?? [], requestID: $0, uid) }
        case PubSubType.allRooms: return id.map { .allRooms(requestID: $0, uid) }
        case PubSubType.join: return zip(target, rooms).map { heard(.join($0, $1)) }
        case PubSubType.leave: return zip(target, rooms).map { heard(.leave($0, $1)) }
        case PubSubType.disconnect:
            let close = request["close"]?.bool == true
            return target.map { heard(.disconnect($0, close: close)) }
        case PubSubType.fetch: return zip(target, id).map { heard(.fetch($0, request: $1)) }
        case PubSubType.serverSideEmit:
            let event = AdapterMessage.Packet(event: request["data"])
            return event.map { heard(.serverSide($0, request: id)) }
        case PubSubType.broadcast:
            let event = AdapterMessage.Packet(event: request["packet"]?["data"])
            guard let target, let event, let id else { return nil }
            let time = request["opts"]?["flags"]?["timeout"]?.int ?? defaultAnswerTime
            return heard(.ask(target, event, request: id, timeout: time))
        default: return nil
        }
    }

    private static func zip<A, B>(_ first: A?, _ second: B?) -> (A, B)? {
        if let first, let second { (first, second) } else { nil }
    }

    /// An answer to a question of this server's, or of another one.
    static func response(_ payload: [UInt8], in namespace: String) -> AdapterMessage? {
        guard let response = Wire(received: payload[...]), let id = response["requestId"]?.string
        else { return nil }
        let content: AdapterMessage.Content
        switch response["type"]?.int {
        case PubSubType.serverSideEmit:
            content = .serverSideAnswer(.init(answer: response["data"]), request: id)
        case PubSubType.clientCount:
            let count = max(0, response["clientCount"]?.int ?? 0)
            content = .asked(count: count, ids: nil, request: id)
        case PubSubType.acknowledgement:
            content = .answered(nil, .init(answer: response["packet"]), request: id)
        default:
            // Older servers list names alone.
            guard let sockets = response["sockets"]?.array, sockets.first?.string == nil else {
                return nil
            }
            content = .fetched(sockets.compactMap(RemoteSocket.Snapshot.init), request: id)
        }
        return AdapterMessage(namespace: namespace, content: content)
    }
}

/// What a request is.
enum PubSubRequest {
    /// Something that the engine understands.
    case heard(AdapterMessage)
    /// What older servers ask of one socket: who has it does so, and says that it is done.
    case old(String, AdapterMessage.Content, requestID: String, _ uid: String?)
    /// Which sockets are in these rooms?
    case sockets([String], requestID: String, _ uid: String?)
    /// Which rooms are there?
    case allRooms(requestID: String, _ uid: String?)
}
