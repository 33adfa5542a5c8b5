// The events of the last two minutes, in order, for clients that come back. In: events and whom they
// were meant for. Out: those after an offset that a client should have heard.
// Next: ConnectionStateRecovery.swift.

import SocketIOWire

/// Events with their offsets; bounded in age and bytes.
struct EventLog {
    private struct Entry {
        let arguments: EncodedArguments
        let rooms: [String]
        let except: [String]
        let time: Int
        let size: Int
    }

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

    /// The number that the next event will have.
    var nextNumber: Int { firstNumber + entries.count - start }

    init(duration: Int, maxBytes: Int) {
        self.duration = duration
        self.maxBytes = maxBytes
    }

    /// Keeps an event. Returns its arguments, with the offset behind them.
    mutating func append(
        _ arguments: EncodedArguments, rooms: [String], except: [String], now: Int
    ) -> EncodedArguments {
        let number = nextNumber
        let marked = arguments.appending("\(prefix).\(String(number, radix: 36))")
        let names = (rooms + except).reduce(0) { $0 + $1.utf8.count + 32 }
        let size = 200 + marked.byteCount + names
        entries.append(
            Entry(arguments: marked, rooms: rooms, except: except, time: now, size: size))
        bytes += size
        while start < entries.count, let oldest = entries[start],
            bytes > maxBytes || oldest.time < now &- duration
        {
            bytes -= oldest.size
            entries[start] = nil
            start += 1
            firstNumber += 1
        }
        if start > 64, start * 2 > entries.count {
            entries.removeFirst(start)
            start = 0
        }
        return marked
    }

    /// The number in an offset of this log.
    func number(of offset: String) -> Int? {
        guard offset.hasPrefix(prefix + "."), let number = Int(offset.dropFirst(7), radix: 36),
            (0..<nextNumber).contains(number)
        else { return nil }
        return number
    }

    /// Whether everything after an event is still there, and young enough.
    func isKept(after number: Int, now: Int) -> Bool {
        guard number >= firstNumber - 1 else { return false }
        let index = start + number + 1 - firstNumber
        guard entries.indices.contains(index), let next = entries[index] else { return true }
        return next.time >= now &- duration
    }

    /// What was sent after an event to somebody in these rooms.
    func events(after number: Int, for rooms: Set<String>) -> [EncodedArguments] {
        let index = start + number + 1 - firstNumber
        guard entries.indices.contains(index) else { return [] }
        return entries[index...].compactMap { $0 }.filter { entry in
            (entry.rooms.isEmpty || entry.rooms.contains(where: rooms.contains))
                && !entry.except.contains(where: rooms.contains)
        }.map(\.arguments)
    }
}
