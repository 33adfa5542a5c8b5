// The events of the last two minutes, in order, for clients that come back. In: events with the
// rooms that they went to. Out: those after an offset that a client should have heard, at
// the cost of these alone. Next: RoomIndex.swift, ConnectionStateRecovery.swift.

import SocketIOEvents
import SocketIOWire

/// Events with their offsets; bounded in age and bytes.
struct EventLog {
    private struct Entry {
        var content: Content
        let rooms: [String]
        let except: [String]
        let time: Int
        let size: Int
        /// Given by an adapter; nil: it is made of the number.
        let offset: String?
    }

    /// An event as it came, or, once a client has missed it, as it goes out: encoded once for all
    /// of them.
    private enum Content {
        case arguments(EncodedArguments)
        case message(OutgoingMessage)
    }

    /// What an event costs beside its payload and the names of its rooms, in bytes.
    private static let bytesPerEvent = 200

    private let duration: Int
    private let maxBytes: Int
    /// Tells the offsets of this run of the program from those of another.
    private let prefix = String(RandomID.next().prefix(6))
    /// Those at the front are nil, until there are enough of them to be taken away.
    private var entries: [Entry?] = []
    /// How many entries at the front are gone already.
    private var start = 0
    /// The number of the entry at `start`.
    private var firstNumber = 0
    private var bytes = 0
    private var index = RoomIndex()
    /// The numbers of the offsets that an adapter has given.
    private var numbers: [String: Int] = [:]
    /// How many events were looked at for clients that came back: what they have cost.
    private(set) var visits = 0

    /// The number that the next event will have.
    var nextNumber: Int { firstNumber + entries.count - start }

    init(duration: Int, maxBytes: Int) {
        self.duration = duration
        self.maxBytes = maxBytes
    }

    // MARK: - Keeping

    /// Keeps an event. Returns its arguments, with the offset behind them: an adapter's, or one of
    /// its own.
    mutating func append(
        _ arguments: EncodedArguments, rooms: [String], except: [String], offset: String? = nil,
        now: Int
    ) -> EncodedArguments {
        let number = nextNumber
        let marked = arguments.appending(offset ?? "\(prefix).\(String(number, radix: 36))")
        if let offset { numbers[offset] = number }
        let rooms = rooms.count > 1 ? Set(rooms.map { WireName($0) }).map(\.text) : rooms
        let names = (rooms + except).reduce(0) { $0 + $1.utf8.count + 32 }
        let marks = max(1, rooms.count) * RoomIndex.bytesPerMark
        let size =
            Self.bytesPerEvent + marked.byteCount + names + marks + (offset == nil ? 0 : 96)
        entries.append(
            Entry(
                content: .arguments(marked), rooms: rooms, except: except, time: now, size: size,
                offset: offset))
        index.add(number, to: rooms, bytes: size)
        bytes += size
        while start < entries.count, let oldest = entries[start],
            bytes + index.bytes > maxBytes || oldest.time < now &- duration
        {
            forget(oldest)
        }
        return marked
    }

    private mutating func forget(_ oldest: Entry) {
        bytes -= oldest.size
        index.removeFirst(of: oldest.rooms)
        if let offset = oldest.offset { numbers[offset] = nil }
        entries[start] = nil
        start += 1
        firstNumber += 1
        guard start > 64, start * 2 > entries.count else { return }
        entries.removeFirst(start)
        start = 0
    }

    // MARK: - Repeating

    /// The number in an offset of this log.
    func number(of offset: String) -> Int? {
        if let number = numbers[offset] { return number }
        guard offset.hasPrefix(prefix + "."), let number = Int(offset.dropFirst(7), radix: 36),
            (0..<nextNumber).contains(number)
        else { return nil }
        return number
    }

    /// The adapter's offset of an event; nil: it is gone, or has none.
    func offset(of number: Int) -> String? {
        let index = start + number - firstNumber
        return entries.indices.contains(index) ? entries[index]?.offset : nil
    }

    /// Whether everything after an event is still there, and young enough.
    func isKept(after number: Int, now: Int) -> Bool {
        guard number >= firstNumber - 1 else { return false }
        let index = start + number + 1 - firstNumber
        guard entries.indices.contains(index), let next = entries[index] else { return true }
        return next.time >= now &- duration
    }

    /// How much was sent after an event to these rooms, in bytes as `maxBytes` counts them. It is
    /// never less than what the client has missed: exceptions are not looked at.
    func size(after number: Int, for audience: Audience) -> Int {
        index.bytes(after: number, for: audience)
    }

    /// What was sent after an event to these rooms, in order, each event once.
    mutating func messages(
        after number: Int, for audience: Audience, without heard: Set<String> = [],
        in namespace: String
    ) -> [OutgoingMessage] {
        index.numbers(after: number, for: audience).compactMap {
            visits += 1
            if !heard.isEmpty, let offset = offset(of: $0), heard.contains(offset) { return nil }
            return message(at: start + $0 - firstNumber, for: audience, in: namespace)
        }
    }

    private mutating func message(
        at index: Int, for audience: Audience, in namespace: String
    ) -> OutgoingMessage? {
        guard let entry = entries[index], !entry.except.contains(where: audience.contains) else {
            return nil
        }
        switch entry.content {
        case .message(let message): return message
        case .arguments(let arguments):
            let message = OutgoingMessage(
                OutgoingEvent(arguments: arguments), namespace: namespace)
            entries[index]?.content = .message(message)
            return message
        }
    }
}
