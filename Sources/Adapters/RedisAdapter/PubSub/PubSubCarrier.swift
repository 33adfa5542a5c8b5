// Pub/sub: what servers say goes by PUBLISH, and reaches those that listen at the moment.
// In: messages of the engine, and of Redis. Out: the same for the other side.
// Next: PubSubMessages.swift, PubSubReading.swift, ../LostMessages.swift.

import Engine
import RESPWire
import RedisClient

/// Carries messages as @socket.io/redis-adapter does.
final class PubSubCarrier: Carrier {
    private final class Room {
        let namespace: AdapterNamespace
        let channels: PubSubChannels
        var subscriptions: [RedisSubscription] = []
        var confirmations = 0

        init(_ namespace: AdapterNamespace, key: String) {
            self.namespace = namespace
            channels = PubSubChannels(key: key, namespace: namespace.name)
        }
    }

    private let redis: Redis
    private let options: RedisAdapterOptions
    private let lost: LostMessages
    private var rooms: [String: Room] = [:]

    init(_ url: String, _ options: RedisAdapterOptions) throws(RedisError) {
        redis = try Redis(url, options: options.redis)
        self.options = options
        lost = LostMessages(redis.address)
        redis.onState { [weak self] in self?.changed(to: $0) }
    }

    // MARK: - Namespaces

    func open(_ namespace: AdapterNamespace) {
        redis.connect()
        let room = Room(namespace, key: options.key)
        rooms[namespace.name] = room
        let channels = room.channels
        subscribe(room, channels.pattern, .pattern) { [weak self] in self?.event($0, room) }
        subscribe(room, channels.requests) { [weak self] in self?.request($0.payload, room) }
        for channel in [channels.responses, "\(channels.responses)\(namespace.server)#"] {
            subscribe(room, channel) { message in
                guard
                    let answer = PubSubReading.response(message.payload, in: namespace.name)
                else { return }
                namespace.receive(answer)
            }
        }
    }

    private func subscribe(
        _ room: Room, _ name: String, _ kind: RedisChannelKind = .channel,
        _ receive: @escaping (RedisMessage) -> Void
    ) {
        let subscription = redis.subscribe(name, kind, receive: receive) { [weak self] result in
            self?.confirmed(room, result)
        }
        room.subscriptions.append(subscription)
    }

    /// Four subscriptions make a namespace: it is open with the last one.
    private func confirmed(_ room: Room, _ result: Result<Void, RedisError>) {
        switch result {
        case .success:
            room.confirmations += 1
            if room.confirmations == 4 { room.namespace.opened() }
        case .failure(let error):
            guard redis.state != .closed else { return }
            lost.tell("the namespace \(room.namespace.name) hears no other server: \(error)")
            room.namespace.report(.away(reason: "\(error)"))
        }
    }

    private func changed(to state: RedisState) {
        for room in rooms.values {
            switch state {
            case .ready where room.confirmations == 4: room.namespace.report(.ready)
            case .away(let reason, _): room.namespace.report(.away(reason: reason))
            case .idle, .connecting, .ready, .closed: break
            }
        }
        if state == .ready { lost.report() }
    }

    func close(namespace: String) {
        for subscription in rooms.removeValue(forKey: namespace)?.subscriptions ?? [] {
            subscription.cancel()
        }
    }

    func close() async { await redis.closed() }

    // MARK: - Out

    func publish(_ message: AdapterMessage) {
        guard let room = rooms[message.namespace] else { return }
        let publication = PubSubPublication(
            message, room.channels, specificResponses: options.publishOnSpecificResponseChannel)
        if let publication { publish(publication) }
    }

    private func publish(_ publication: PubSubPublication) {
        let command = RESPCommand("PUBLISH", publication.channel, publication.payload)
        redis.send(command, whileAway: publication.mayWait ? .wait : .fail) { [lost] result in
            lost.heard(result, counts: publication.mayWait)
        }
    }

    func serverCount(in namespace: String) async throws -> Int {
        try await redis.subscribers(
            of: PubSubChannels(key: options.key, namespace: namespace).requests)
    }

    // MARK: - In

    private func event(_ message: RedisMessage, _ room: Room) {
        let target = room.channels.room(of: message.channelText)
        // What no socket here can hear is not even decoded.
        guard target.isEmpty || room.namespace.hasSockets(inAnyOf: [target]) else { return }
        let event = PubSubReading.event(
            message.payload, in: room.namespace.name, notFrom: room.namespace.server)
        if let event { room.namespace.receive(event) }
    }

    private func request(_ payload: [UInt8], _ room: Room) {
        let namespace = room.namespace
        switch PubSubReading.request(payload, in: namespace.name) {
        case .heard(let message): namespace.receive(message)
        case .old(let sid, let content, let id, let uid):
            guard namespace.hasSockets(inAnyOf: [sid]) else { return }
            namespace.receive(
                AdapterMessage(server: uid, namespace: namespace.name, content: content))
            respond(["requestId": .string(id)], to: uid, room)
        case .sockets(let rooms, let id, let uid):
            let sockets = Wire.strings(namespace.socketIDs(inAnyOf: rooms))
            respond(["requestId": .string(id), "sockets": sockets], to: uid, room)
        case .allRooms(let id, let uid):
            let rooms = Wire.strings(namespace.rooms.sorted())
            respond(["requestId": .string(id), "rooms": rooms], to: uid, room)
        case nil: break
        }
    }

    private func respond(_ answer: Wire, to uid: String?, _ room: Room) {
        guard uid != room.namespace.server else { return }
        var channel = room.channels.responses
        if options.publishOnSpecificResponseChannel, let uid { channel += "\(uid)#" }
        publish(PubSubPublication(answer, channel: channel))
    }
}
