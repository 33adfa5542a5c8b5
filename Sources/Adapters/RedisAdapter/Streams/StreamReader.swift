// Reads the stream from where it was, for ever: with a connection of its own, since a read that
// waits keeps everything behind it waiting. After a cut it goes on behind the last entry that it
// has seen, so that nothing is lost. In: entries. Out: the same, in order, each once.
// Spec: Redis XREAD, XREVRANGE. Next: StreamEntry.swift, StreamCarrier.swift.

import EngineSockets
import RESPWire
import RedisClient

/// Reads the stream.
final class StreamReader {
    let redis: Redis
    private let options: RedisAdapterOptions
    private let receive: (StreamEntry) -> Void
    /// The last entry that was read; nil: it is not known yet where the stream ends.
    private(set) var position: StreamID?
    private var isReading = false
    private var waiting: [(id: StreamID, done: () -> Void)] = []
    private var whenPositioned: [(StreamID) -> Void] = []

    init(
        _ url: String, _ options: RedisAdapterOptions, _ receive: @escaping (StreamEntry) -> Void
    ) throws(RedisError) {
        var quiet = options.redis
        quiet.logsOutages = false
        redis = try Redis(url, options: quiet)
        self.options = options
        self.receive = receive
        redis.onState { [weak self] state in if state == .ready { self?.begin() } }
    }

    /// Begins to read, at the end of the stream. Again: no effect.
    func start() { redis.connect() }

    /// Calls `action` with the place of the last entry, as soon as one is known.
    func positioned(_ action: @escaping (StreamID) -> Void) {
        if let position { action(position) } else { whenPositioned.append(action) }
    }

    /// Waits until an entry has been read, or the time is over.
    func reached(_ id: StreamID, within milliseconds: Int) async {
        if let position, position >= id { return }
        await withCheckedContinuation { continuation in
            var waiting: CheckedContinuation<Void, Never>? = continuation
            let done = { waiting.take()?.resume() ?? () }
            self.waiting.append((id, done))
            EventLoop.shared.after(milliseconds, done)
        }
    }

    // MARK: - Reading

    /// There is a connection: where does the stream end?
    private func begin() {
        guard !isReading else { return }
        isReading = true
        let command = RESPCommand("XREVRANGE", options.streamName, "+", "-", "COUNT", 1)
        redis.send(command, whileAway: .fail) { [weak self] result in
            guard let self else { return }
            isReading = false
            guard case .success(let answer) = result, let entries = answer.elements else {
                return retry()
            }
            found(last: entries.first.flatMap(StreamEntry.id) ?? .start)
        }
    }

    private func found(last: StreamID) {
        // A Redis that has lost the stream, or a part of it, begins anew.
        if let position, position <= last { return read() }
        move(to: last)
        for action in whenPositioned { action(last) }
        whenPositioned = []
        read()
    }

    private func move(to id: StreamID) {
        position = id
        guard !waiting.isEmpty else { return }
        for (_, done) in waiting.filter({ $0.id <= id }) { done() }
        waiting.removeAll { $0.id <= id }
    }

    private func read() {
        guard !isReading, redis.state == .ready, let position else { return }
        isReading = true
        let command = RESPCommand(
            "XREAD", "BLOCK", options.blockTime, "COUNT", options.readCount, "STREAMS",
            options.streamName, position.description)
        let timeout = options.blockTime + options.redis.answerTimeout
        redis.send(command, whileAway: .fail, answerTimeout: timeout) { [weak self] result in
            guard let self else { return }
            isReading = false
            switch result {
            case .success(let answer):
                if answer.error != nil { return retry() }
                // Nil when nothing came in time; otherwise one stream with its entries.
                for stream in answer.pairs ?? [] { take(stream.value.elements ?? []) }
                for stream in answer.pairs == nil ? answer.elements ?? [] : [] {
                    take(stream.elements?.last?.elements ?? [])
                }
                read()
            case .failure: retry()
            }
        }
    }

    private func take(_ entries: [RESPValue]) {
        for value in entries {
            guard let id = StreamEntry.id(value) else { continue }
            if let entry = StreamEntry(value) { receive(entry) }
            move(to: id)
        }
    }

    /// A cut is followed by `ready`; any other failure is tried again in a second.
    private func retry() {
        EventLoop.shared.after(1_000) { [weak self] in
            guard let self, redis.state == .ready, !isReading else { return }
            if position == nil { begin() } else { read() }
        }
    }
}
