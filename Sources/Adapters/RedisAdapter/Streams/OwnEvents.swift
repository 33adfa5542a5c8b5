// Events of this server on their way through the stream: each comes back as an entry, in the order
// in which it was added, and then has its place. In: what was added, entries, failures, the time.
// Out: numbers of events that have their place, or will have none for now.
// Next: StreamCarrier.swift, Sources/Engine/More/Cluster/OrderedEvents.swift.

/// The events of one namespace that have not come back yet.
struct OwnEvents {
    private struct Event {
        let number: Int
        let data: [UInt8]
        let time: Int
        /// Whether the sockets here have got it already.
        var isLate = false
    }

    private var events: [Event] = []
    /// How many at the front have come back.
    private var first = 0

    var isEmpty: Bool { first == events.count }

    /// Whether there are some that the sockets here have not got.
    var areAwaited: Bool { events[first...].contains { !$0.isLate } }

    mutating func add(_ number: Int, _ data: [UInt8], at time: Int) {
        events.append(Event(number: number, data: data, time: time))
    }

    /// An entry of this server was read. Those that were added before and were not read never came
    /// into the stream. Nil: it is none of these.
    mutating func read(_ data: [UInt8]) -> (number: Int, overtaken: [Int])? {
        guard let index = events[first...].firstIndex(where: { $0.data == data }) else {
            return nil
        }
        let number = events[index].number
        let overtaken = events[first..<index].filter { !$0.isLate }.map(\.number)
        drop(upTo: index + 1)
        return (number, overtaken)
    }

    /// Redis has not answered as it should. Returns whether the sockets here have not got it yet.
    /// `isOver`: it is certain that it will not come back.
    mutating func failed(_ number: Int, isOver: Bool) -> Bool {
        guard let index = events[first...].firstIndex(where: { $0.number == number }) else {
            return false
        }
        let wasAwaited = !events[index].isLate
        events[index].isLate = true
        if isOver { events.remove(at: index) }
        if first == events.count { drop(upTo: first) }
        return wasAwaited
    }

    /// The numbers of those that were added before a moment, and that the sockets here have not
    /// got: from now on they count as late.
    mutating func takeAwaited(before time: Int) -> [Int] {
        var numbers: [Int] = []
        for index in first..<events.count where !events[index].isLate && events[index].time <= time
        {
            events[index].isLate = true
            numbers.append(events[index].number)
        }
        return numbers
    }

    private mutating func drop(upTo end: Int) {
        first = end
        guard first == events.count || first > 1_024 && first * 2 > events.count else { return }
        events.removeFirst(first)
        first = 0
    }
}
