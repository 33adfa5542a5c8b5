// One namespace in the stream: it begins with what clients that come back may have missed, then
// follows the stream. In: entries, answers of Redis. Out: messages for the engine, and the places
// of its own events. Next: OwnEvents.swift, StreamCarrier.swift.

import Engine
import EngineSockets
import RESPWire
import RedisClient

/// A namespace's part in the stream.
final class StreamNamespace {
    /// So many entries of the past are asked for at once.
    private static let pageSize = 500
    /// So many entries wait until the past is read, and Redis has confirmed the subscriptions.
    private static let mostQueued = 10_000

    let engine: AdapterNamespace
    private let carrier: StreamCarrier
    var subscriptions: [RedisSubscription] = []
    private(set) var own = OwnEvents()
    private var confirmations = 0
    private var hasHistory = false
    /// Entries that came while the past was read.
    private var queued: [StreamEntry] = []
    private var hasDropped = false
    private var hasBegun = false
    private(set) var isOpen = false

    init(_ engine: AdapterNamespace, _ carrier: StreamCarrier) {
        self.engine = engine
        self.carrier = carrier
    }

    // MARK: - The beginning

    func confirmed(_ result: Result<Void, RedisError>) {
        switch result {
        case .success:
            confirmations += 1
            openIfReady()
        case .failure(let error):
            guard carrier.redis.state != .closed else { return }
            carrier.lost.tell("the namespace \(engine.name) hears no other server: \(error)")
            engine.report(.away(reason: "\(error)"))
        }
    }

    /// The stream is read from here on: what is behind is the past.
    func begin(at position: StreamID) {
        hasBegun = true
        guard let duration = engine.history, position > .start else {
            hasHistory = true
            return openIfReady()
        }
        readHistory(from: position.earlier(by: duration), to: position)
    }

    private func readHistory(from first: StreamID, to last: StreamID) {
        let command = RESPCommand(
            "XRANGE", carrier.options.streamName, first.description, last.description, "COUNT",
            Self.pageSize)
        carrier.redis.send(command) { [weak self] result in
            guard let self else { return }
            guard case .success(let answer) = result, let entries = answer.elements else {
                // With a gap in it, the past would be worse than none.
                return retryHistory(from: first, to: last)
            }
            for value in entries {
                guard let entry = StreamEntry(value), entry.namespace == engine.name else {
                    continue
                }
                if let message = entry.message { engine.receive(message) }
            }
            guard entries.count == Self.pageSize, let id = entries.last.flatMap(StreamEntry.id),
                id < last
            else {
                hasHistory = true
                return openIfReady()
            }
            readHistory(from: StreamID(time: id.time, number: id.number + 1), to: last)
        }
    }

    private func retryHistory(from first: StreamID, to last: StreamID) {
        guard carrier.redis.state != .closed else { return }
        EventLoop.shared.after(500) { [weak self] in self?.readHistory(from: first, to: last) }
    }

    private func openIfReady() {
        guard confirmations == 2, hasHistory, !isOpen else { return }
        isOpen = true
        engine.opened()
        let waiting = queued
        queued = []
        for entry in waiting { read(entry) }
    }

    // MARK: - Entries

    func read(_ entry: StreamEntry) {
        guard isOpen else {
            if hasBegun { queue(entry) }
            return
        }
        guard entry.uid == engine.server else {
            if let message = entry.message { engine.receive(message) }
            return
        }
        guard entry.type == ClusterType.broadcast, let (number, overtaken) = own.read(entry.data)
        else { return }
        for number in overtaken { engine.notPlaced(number) }
        engine.placed(number, at: entry.id.description)
    }

    /// Redis may refuse the subscription for ever: what waits for it is bounded.
    private func queue(_ entry: StreamEntry) {
        queued.append(entry)
        guard queued.count > Self.mostQueued else { return }
        if !hasDropped {
            carrier.lost.tell(
                "the namespace \(engine.name) hears no other server yet, and has missed more than "
                    + "\(Self.mostQueued / 2) entries of the stream \(carrier.options.streamName)")
        }
        hasDropped = true
        queued.removeFirst(Self.mostQueued / 2)
    }

    // MARK: - Its own events

    func added(_ number: Int, _ data: [UInt8]) {
        guard engine.history != nil else { return }
        own.add(number, data, at: EventLoop.shared.now)
        if !carrier.isConnected || !isOpen { giveUpWaiting() }
    }

    func answered(_ number: Int?, _ result: Result<RESPValue, RedisError>) {
        guard let number else { return }
        let isOver: Bool
        switch result {
        case .success(let value):
            guard value.error != nil else { return }
            isOver = true
        case .failure(.lost), .failure(.unexpected): isOver = false
        case .failure(.refused), .failure(.notSent), .failure(.invalidURL): isOver = true
        }
        if own.failed(number, isOver: isOver) { engine.notPlaced(number) }
    }

    /// The sockets here get what has waited since then.
    func giveUpWaiting(since time: Int = .max) {
        for number in own.takeAwaited(before: time) { engine.notPlaced(number) }
    }
}
