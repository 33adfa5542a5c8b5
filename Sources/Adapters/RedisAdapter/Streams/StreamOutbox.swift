// What this server adds to the stream, in order and each once, also where the connection broke
// before Redis had answered: then the stream is read from the last entry that is known, and what
// does not stand there is sent again. In: entries, answers of Redis. Out: XADD commands, and what
// became of each entry.
// Next: StreamCarrier.swift, StreamNamespace.swift.

import EngineSockets
import RESPWire
import RedisClient

/// An entry that is to be added.
struct NewEntry {
    let uid: String
    let namespace: String
    let type: Int
    let data: [UInt8]
    /// Called once: Redis has it, or will never have it.
    let done: (Result<RESPValue, RedisError>) -> Void

    /// About what it costs to keep it.
    fileprivate var byteCount: Int { data.count + 200 }
}

/// Entries on their way into the stream.
final class StreamOutbox {
    /// So many entries are looked at at once when it is unknown what Redis has got.
    private static let pageSize = 500

    private struct Waiting {
        let entry: NewEntry
        let time: Int
        /// Whether Redis may have it: the connection broke before the answer.
        var isUncertain = false
    }

    private let redis: Redis
    private let options: RedisAdapterOptions
    /// By their numbers, in the order in which they were given.
    private var waiting: [Int: Waiting] = [:]
    private var numbers = 0..<0
    private var byteCount = 0
    /// Whether new ones stay here: there is no connection, or it is unknown what Redis has got.
    private var isHeld = true
    /// The last entry that Redis has told the place of: those of an unknown fate stand behind it.
    private var known = StreamID.start
    private var isWatched = false

    init(_ redis: Redis, _ options: RedisAdapterOptions) {
        self.redis = redis
        self.options = options
        redis.onState { [weak self] in self?.changed($0) }
    }

    // MARK: - In

    func add(_ entry: NewEntry) {
        let limits = options.redis
        guard redis.state != .closed, waiting.count < limits.waitingCommands,
            byteCount + entry.byteCount <= limits.waitingBytes
        else {
            let reason = "\(waiting.count) messages wait for Redis already (\(redis.state))"
            return entry.done(.failure(.notSent(command: "XADD", reason: reason)))
        }
        let number = numbers.upperBound
        waiting[number] = Waiting(entry: entry, time: EventLoop.shared.now)
        numbers = numbers.lowerBound..<number + 1
        byteCount += entry.byteCount
        if isHeld { watch() } else { send(number) }
    }

    private func changed(_ state: RedisState) {
        switch state {
        case .ready where waiting.values.contains(where: \.isUncertain):
            search(from: StreamID(time: known.time, number: known.number + 1))
        case .ready: sendAll()
        case .closed where isHeld: for number in numbers { drop(number, "this server ends") }
        // What was sent is waited for.
        case .closed: break
        case .idle, .connecting, .away:
            isHeld = true
            watch()
        }
    }

    // MARK: - Out

    private func sendAll() {
        isHeld = false
        for number in numbers {
            waiting[number]?.isUncertain = false
            send(number)
        }
    }

    private func send(_ number: Int) {
        guard let entry = waiting[number]?.entry else { return }
        let command = RESPCommand(
            "XADD", options.streamName, "MAXLEN", "~", options.streamLength, "*",
            "uid", entry.uid, "nsp", entry.namespace, "type", entry.type, "data", entry.data)
        redis.send(command, whileAway: .fail) { [weak self] in self?.answered(number, $0) }
    }

    private func answered(_ number: Int, _ result: Result<RESPValue, RedisError>) {
        switch result {
        case .failure(.lost) where redis.state != .closed: waiting[number]?.isUncertain = true
        // There was no connection any more: it waits for the next one.
        case .failure(.notSent) where redis.state != .closed && redis.state != .ready: break
        case .success(let value):
            if let id = value.text.flatMap({ StreamID($0) }) { known = max(known, id) }
            finish(number, result)
        case .failure: finish(number, result)
        }
    }

    private func finish(_ number: Int, _ result: Result<RESPValue, RedisError>) {
        guard let entry = waiting.removeValue(forKey: number)?.entry else { return }
        byteCount -= entry.byteCount
        let first = numbers.first { waiting[$0] != nil } ?? numbers.upperBound
        numbers = first..<numbers.upperBound
        entry.done(result)
    }

    // MARK: - What Redis has got

    private func search(from first: StreamID) {
        let command = RESPCommand(
            "XRANGE", options.streamName, first.description, "+", "COUNT", Self.pageSize)
        redis.send(command, whileAway: .fail) { [weak self] result in
            guard let self, redis.state == .ready else { return }
            guard case .success(let answer) = result, let entries = answer.elements else {
                return searchAgain()
            }
            for value in entries { found(value) }
            if entries.count == Self.pageSize, let last = entries.last.flatMap(StreamEntry.id) {
                return search(from: StreamID(time: last.time, number: last.number + 1))
            }
            sendAll()
        }
    }

    private func searchAgain() {
        EventLoop.shared.after(1_000) { [weak self] in
            guard let self, isHeld, redis.state == .ready else { return }
            changed(.ready)
        }
    }

    private func found(_ value: RESPValue) {
        guard let entry = StreamEntry(value) else { return }
        known = max(known, entry.id)
        let number = numbers.first {
            guard let one = waiting[$0], one.isUncertain else { return false }
            return one.entry.uid == entry.uid && one.entry.namespace == entry.namespace
                && one.entry.data == entry.data
        }
        if let number { finish(number, .success(.bulk(Array(entry.id.description.utf8)))) }
    }

    // MARK: - What has waited too long

    private func watch() {
        guard !isWatched, let first = waiting[numbers.lowerBound] else { return }
        isWatched = true
        let end = first.time &+ options.redis.waitingTimeout
        EventLoop.shared.after(max(1, end &- EventLoop.shared.now)) { [weak self] in
            guard let self else { return }
            isWatched = false
            guard isHeld else { return }
            let time = options.redis.waitingTimeout
            while let first = waiting[numbers.lowerBound], isHeld,
                first.time &+ time <= EventLoop.shared.now
            {
                drop(
                    numbers.lowerBound,
                    "there was no connection to Redis for \(time) ms (\(redis.state))")
            }
            watch()
        }
    }

    private func drop(_ number: Int, _ reason: String) {
        finish(number, .failure(.notSent(command: "XADD", reason: reason)))
    }
}
