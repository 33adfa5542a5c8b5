// Which of the kept events went to which room: so a client that comes back costs what it has
// missed, and not what others have heard meanwhile. In: numbers of events, each with its rooms.
// Out: the numbers after a given one, and how many bytes they are, without a look at the events.
// Next: EventLog.swift.

import SocketIOWire

/// What an event is compared with: a client's rooms, and the one of its id.
struct Audience {
    let rooms: Set<WireName>
    let id: Socket.ID

    init(names: Set<WireName>, id: Socket.ID) {
        rooms = names
        self.id = id
    }

    init(rooms: Set<String>, id: Socket.ID) {
        self.init(names: Set(rooms.map { WireName($0) }), id: id)
    }

    func contains(_ room: String) -> Bool {
        WireName.isSame(room, id) || rooms.contains(WireName(room))
    }
}

/// The events of one room, in order.
struct RoomTrail {
    private struct Mark {
        let number: Int
        /// Bytes of all events of the room in front of it.
        let before: Int
    }

    private var marks: [Mark] = []
    /// How many at the front are forgotten.
    private var first = 0
    private var total = 0

    var isEmpty: Bool { first == marks.count }

    mutating func append(_ number: Int, bytes: Int) {
        marks.append(Mark(number: number, before: total))
        total += bytes
    }

    /// Forgets the oldest one.
    mutating func removeFirst() {
        first += 1
        guard first > 16, first * 2 > marks.count else { return }
        // A new array: a room that was busy once gives its memory back.
        marks = Array(marks[first...])
        first = 0
    }

    /// The numbers after this one.
    func numbers(after number: Int) -> some Collection<Int> {
        marks[index(after: number)...].lazy.map(\.number)
    }

    /// The bytes of the events after this one.
    func bytes(after number: Int) -> Int {
        let index = index(after: number)
        return index < marks.count ? total - marks[index].before : 0
    }

    /// Where the events after this one begin. A quiet room is found out at the first look.
    private func index(after number: Int) -> Int {
        guard let last = marks.last, last.number > number else { return marks.count }
        var (low, high) = (first, marks.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if marks[middle].number > number { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// The trails of all rooms.
struct RoomIndex {
    /// What a room costs beside its name, in bytes: its place in the dictionary, and its trail.
    private static let bytesPerRoom = 160
    /// What an event costs in each of its rooms.
    static let bytesPerMark = 32

    /// Events that were meant for the whole namespace.
    private var all = RoomTrail()
    private var rooms: [WireName: RoomTrail] = [:]
    /// Bytes that the rooms take, without their marks.
    private(set) var bytes = 0

    /// An event goes to these rooms, each named once; to none: to all sockets.
    mutating func add(_ number: Int, to names: [String], bytes size: Int) {
        if names.isEmpty { all.append(number, bytes: size) }
        for name in names.lazy.map({ WireName($0) }) {
            if rooms[name] == nil { bytes += Self.bytesPerRoom + name.text.utf8.count }
            rooms[name, default: RoomTrail()].append(number, bytes: size)
        }
    }

    /// The oldest event of all, which went to these rooms, is forgotten.
    mutating func removeFirst(of names: [String]) {
        if names.isEmpty { all.removeFirst() }
        for name in names.lazy.map({ WireName($0) }) {
            rooms[name]?.removeFirst()
            guard rooms[name]?.isEmpty == true else { continue }
            rooms[name] = nil
            bytes -= Self.bytesPerRoom + name.text.utf8.count
        }
    }

    /// The numbers of the events after this one that went to any of these rooms: in order, each
    /// once.
    func numbers(after number: Int, for audience: Audience) -> [Int] {
        var found: [Int] = []
        visit(audience) { found += $0.numbers(after: number) }
        found.sort()
        var unique: [Int] = []
        for number in found where number != unique.last { unique.append(number) }
        return unique
    }

    /// Their bytes; those that went to several of the rooms are counted in each.
    func bytes(after number: Int, for audience: Audience) -> Int {
        var sum = 0
        visit(audience) { sum += $0.bytes(after: number) }
        return sum
    }

    private func visit(_ audience: Audience, _ look: (RoomTrail) -> Void) {
        look(all)
        if let own = rooms[WireName(audience.id)] { look(own) }
        for room in audience.rooms {
            if let trail = rooms[room] { look(trail) }
        }
    }
}
