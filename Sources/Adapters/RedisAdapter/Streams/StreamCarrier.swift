// Streams: what servers say stands in a stream that all of them read, so that one that was cut off
// misses nothing. Questions and answers go by PUBLISH: later they are of no use.
// In: messages of the engine, entries of the stream. Out: the same for the other side.
// Next: StreamOutbox.swift, StreamReader.swift, OwnEvents.swift, StreamNamespace.swift.

import Engine
import EngineSockets
import RESPWire
import RedisClient

/// Carries messages as @socket.io/redis-streams-adapter does.
final class StreamCarrier: Carrier {
    let redis: Redis
    let options: RedisAdapterOptions
    let lost: LostMessages
    private(set) var reader: StreamReader
    private let outbox: StreamOutbox
    private var namespaces: [String: StreamNamespace] = [:]
    private var isSweepScheduled = false
    private var isReaderTold = false
    let ordersEvents = true

    init(_ url: String, _ options: RedisAdapterOptions) throws(RedisError) {
        redis = try Redis(url, options: options.redis)
        self.options = options
        lost = LostMessages(redis.address)
        outbox = StreamOutbox(redis, options)
        let inbox = Inbox()
        reader = try StreamReader(url, options) { inbox.receive?($0) }
        inbox.receive = { [weak self] in self?.read($0) }
        redis.onState { [weak self] _ in self?.changed() }
        reader.redis.onState { [weak self] _ in self?.changed() }
    }

    /// The reader is made before the carrier is complete.
    private final class Inbox {
        var receive: ((StreamEntry) -> Void)?
    }

    // MARK: - Namespaces

    private func channel(_ namespace: String) -> String { "\(options.key)#\(namespace)#" }

    func open(_ namespace: AdapterNamespace) {
        redis.connect()
        reader.start()
        let name = namespace.name
        let opening = StreamNamespace(namespace, self)
        namespaces[name] = opening
        for channel in [channel(name), "\(channel(name))\(namespace.server)#"] {
            let subscription = redis.subscribe(
                channel,
                receive: { message in
                    let heard = ClusterForm.message(published: message.payload, in: name)
                    if let heard { namespace.receive(heard) }
                },
                confirmed: { [weak self, weak opening] result in
                    opening?.confirmed(result)
                    self?.changed()
                })
            opening.subscriptions.append(subscription)
        }
        reader.positioned { [weak opening] in opening?.begin(at: $0) }
    }

    func close(namespace: String) {
        for subscription in namespaces.removeValue(forKey: namespace)?.subscriptions ?? [] {
            subscription.cancel()
        }
    }

    func close() async {
        reader.redis.close(timeout: 0)
        await redis.closed()
    }

    private func changed() {
        guard redis.state != .closed else { return }
        for namespace in namespaces.values where namespace.isOpen {
            if let reason = awayReason {
                namespace.giveUpWaiting()
                namespace.engine.report(.away(reason: reason))
            } else if redis.state == .ready, reader.redis.state == .ready {
                namespace.engine.report(.ready)
            }
        }
        if redis.state == .ready { lost.report() }
        if case .away = reader.redis.state { tellOfReader() }
    }

    /// Mostly both connections are cut at once, and the other one has told of it.
    private func tellOfReader() {
        guard !isReaderTold else { return }
        isReaderTold = true
        EventLoop.shared.after(1_000) { [weak self] in
            guard let self else { return }
            isReaderTold = false
            guard redis.state == .ready, case .away(let reason, _) = reader.redis.state else {
                return
            }
            lost.tell("the stream at Redis can't be read: \(reason). It is tried until it can")
        }
    }

    private var awayReason: String? {
        for connection in [redis, reader.redis] {
            if case .away(let reason, _) = connection.state { return reason }
        }
        return nil
    }

    // MARK: - Out

    func publish(_ message: AdapterMessage) {
        guard let form = ClusterForm(message.content), let uid = message.server,
            let namespace = namespaces[message.namespace]
        else { return }
        guard form.isKept else { return publish(form, uid, message) }
        let data = StreamEntry.encode(form.data)
        if form.type == ClusterType.broadcast, let number = message.number {
            namespace.added(number, data)
            scheduleSweep()
        }
        outbox.add(
            NewEntry(uid: uid, namespace: message.namespace, type: form.type, data: data) {
                [weak namespace, lost] result in
                lost.heard(result)
                namespace?.answered(message.number, result)
            })
    }

    private func publish(_ form: ClusterForm, _ uid: String, _ message: AdapterMessage) {
        let suffix = message.recipient.map { "\($0)#" } ?? ""
        let payload = form.published(uid: uid, namespace: message.namespace)
        let isEvent = form.type == ClusterType.serverSideEmit && form.data["requestId"] == nil
        let command = RESPCommand("PUBLISH", channel(message.namespace) + suffix, payload)
        redis.send(command, whileAway: isEvent ? .wait : .fail) { [lost] result in
            lost.heard(result, counts: isEvent)
        }
    }

    /// Whether what is added now may be in the stream soon.
    var isConnected: Bool { redis.state == .ready && reader.redis.state == .ready }

    /// Events whose places don't become known go to the sockets here without them.
    private func scheduleSweep() {
        guard !isSweepScheduled else { return }
        isSweepScheduled = true
        EventLoop.shared.after(options.placeTimeout) { [weak self] in
            guard let self else { return }
            isSweepScheduled = false
            let time = EventLoop.shared.now &- options.placeTimeout
            for namespace in namespaces.values { namespace.giveUpWaiting(since: time) }
            if namespaces.values.contains(where: \.own.areAwaited) { scheduleSweep() }
        }
    }

    func serverCount(in namespace: String) async throws -> Int {
        try await redis.subscribers(of: channel(namespace))
    }

    // MARK: - In

    private func read(_ entry: StreamEntry) { namespaces[entry.namespace]?.read(entry) }
}
