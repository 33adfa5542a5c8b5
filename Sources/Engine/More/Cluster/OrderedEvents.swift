// Events that get their offsets from the adapter: they go to the sockets here when they have their
// place among the events of all servers, so that clients of all servers hear them in one order, and
// can come back to any of them. In: events of this server's, places. Out: events with offsets, in
// order. Next: Cluster.swift, More/Recovery/EventLog.swift.

import SocketIOEvents
import SocketIOWire

/// What waits for places.
struct OrderedEvents {
    typealias Event = (event: OutgoingEvent, target: Broadcast)

    enum Step {
        case event(number: Int, Event)
        /// What comes behind the events in front of it.
        case action(() -> Void)
        /// Its turn is over.
        case done
    }

    /// So many events that were sent without their places are remembered, should they get them.
    static let lateEvents = 5_000

    private var steps: [Step] = []
    /// How many at the front are done.
    private var first = 0
    private var late: [Int: Event] = [:]
    private var lateNumbers: [Int] = []
    /// Of those: the offset of the event in front of them, and their own as soon as there is one.
    private var lateMarks: [Int: (after: String, offset: String?)] = [:]

    var isEmpty: Bool { first == steps.count }

    mutating func append(_ step: Step) { steps.append(step) }

    /// The event with this number, whose turn has come; nil: it is not waited for.
    mutating func take(_ number: Int) -> Event? {
        for index in first..<steps.count {
            guard case .event(number, let event) = steps[index] else { continue }
            steps[index] = .done
            return event
        }
        return nil
    }

    /// The next action in front of which nothing waits.
    mutating func takeAction() -> (() -> Void)? {
        while first < steps.count {
            switch steps[first] {
            case .event: return nil
            case .action(let action):
                step()
                return action
            case .done: step()
            }
        }
        return nil
    }

    private mutating func step() {
        steps[first] = .done
        first += 1
        guard first == steps.count || first > 1_024 && first * 2 > steps.count else { return }
        steps.removeFirst(first)
        first = 0
    }

    /// The events that wait, in order.
    var events: [(number: Int, Event)] {
        steps[first...].compactMap {
            if case .event(let number, let event) = $0 { (number, event) } else { nil }
        }
    }

    // MARK: - Events that were sent without their places

    mutating func keepLate(_ number: Int, _ event: Event, after offset: String) {
        late[number] = event
        lateMarks[number] = (offset, nil)
        lateNumbers.append(number)
        guard lateNumbers.count > 2 * Self.lateEvents else { return }
        for number in lateNumbers.prefix(Self.lateEvents) {
            (late[number], lateMarks[number]) = (nil, nil)
        }
        lateNumbers.removeFirst(Self.lateEvents)
    }

    /// Whether an event was sent without its place, and may still get it.
    func isLate(_ number: Int) -> Bool { late[number] != nil }

    mutating func takeLate(_ number: Int, at offset: String) -> Event? {
        guard let event = late.removeValue(forKey: number) else { return nil }
        lateMarks[number]?.offset = offset
        return event
    }

    /// What clients that have heard such an event, and go to another server, take along.
    func mark(_ number: Int, _ token: String) -> LateEvent? {
        lateMarks[number].map { LateEvent(token: token, after: $0.after, offset: $0.offset) }
    }
}

extension Cluster {
    /// Whether events get their offsets from the adapter.
    var ordersEvents: Bool { adapter.ordersEvents && extras?.memory != nil }

    /// Tells the other servers of an event, if they are meant. False: the sockets here are sent it
    /// later.
    func mayPass(_ event: OutgoingEvent, to target: Broadcast) -> Bool {
        if ordersEvents, !target.isLocal, !target.isVolatile {
            publishOrdered(event, to: target)
            return false
        }
        if !target.isLocal { publish(event, to: target) }
        guard !order.isEmpty else { return true }
        afterOrdered { target.sendNow(event) }
        return false
    }

    /// Tells the other servers of an event, and sends it to the sockets here when it has its place.
    func publishOrdered(_ event: OutgoingEvent, to target: Broadcast) {
        // First the step: the adapter may know its place within the call.
        let number = nextNumber
        order.append(.event(number: number, (event, target)))
        publish(event, to: target)
    }

    /// Does something when what was sent before has been sent.
    func afterOrdered(_ action: @escaping () -> Void) {
        if order.isEmpty { action() } else { order.append(.action(action)) }
    }

    func placed(_ number: Int, at offset: String) {
        guard let memory = extras?.memory else { return }
        if let (event, target) = order.take(number) {
            let kept = memory.keep(
                event, rooms: target.rooms, except: target.excludedNames, offset: offset)
            target.sendNow(kept)
        } else if let (event, target) = order.takeLate(number, at: offset) {
            let kept = memory.keep(
                event, rooms: target.rooms, except: target.excludedNames, offset: offset)
            // Sockets that came after it was sent, and before it had its place, hear it now.
            target.visit { socket in
                guard socket.kept?.late.contains(number) != true else { return }
                socket.send(OutgoingMessage(kept, namespace: name))
            }
        }
        runActions()
    }

    func notPlaced(_ number: Int) {
        guard let (event, target) = order.take(number) else { return }
        order.keepLate(number, (event, target), after: extras?.memory?.lastOffset ?? "")
        target.visit { socket in
            socket.more.late.insert(number)
            // Those that are forgotten here say nothing any longer.
            guard socket.more.late.count > 2 * OrderedEvents.lateEvents else { return }
            socket.more.late = socket.more.late.filter { order.mark($0, "") != nil }
        }
        // Only by what stands behind it a client can say whether it has heard it.
        target.sendNow(OutgoingEvent(arguments: event.arguments.appending(token(number))))
        runActions()
    }

    /// What stands behind an event that has no offset yet.
    func token(_ number: Int) -> String { "~\(server).\(number)" }

    private func runActions() {
        while let action = order.takeAction() { action() }
    }

    /// A socket is put out: what waits for its place and is meant for it is sent now, without.
    func sendWaiting(to socket: Socket) {
        for (_, (event, target)) in order.events where target.includes(socket) {
            socket.send(OutgoingMessage(event, namespace: name))
        }
    }
}

extension NamespaceExtras {
    /// Does something when what was sent before has been sent: mostly at once.
    func inOrder(_ action: @escaping () -> Void) {
        if let cluster { cluster.afterOrdered(action) } else { action() }
    }
}

extension Broadcast {
    /// Whether a socket is meant.
    fileprivate func includes(_ socket: Socket) -> Bool {
        guard socket !== sender else { return false }
        let audience = Audience(names: socket.joinedRooms, id: socket.id)
        return (rooms.isEmpty || rooms.contains(where: audience.contains))
            && !excludedRooms.contains(where: audience.contains)
    }

    /// Sends an event that has been told to all others, and been kept.
    func sendNow(_ event: OutgoingEvent) {
        namespace.kept?.tellOutgoing(event.arguments, to: sockets)
        send(event)
    }
}
