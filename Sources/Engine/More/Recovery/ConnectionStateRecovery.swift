// A client whose connection broke comes back as if nothing had happened: with its id, its rooms,
// its data, and what it has missed. In: sockets that leave, events that go out. Out: what a
// returning client is told before its welcome. Spec: Socket.IO "Connection state recovery", as the
// reference's in-memory adapter does it.
// Next: EventLog.swift, ReturnQueue.swift, SharedSessions.swift.

import SocketIOEvents
import SocketIOWire
import EngineSockets

/// What is remembered for clients that come back.
public nonisolated struct ConnectionStateRecovery: Sendable {
    /// Milliseconds that a client may be away.
    public var maxDisconnectionDuration = 120_000
    /// Whether a client that comes back is let in without asking the middlewares again.
    public var skipMiddlewares = true
    /// Bytes of events that are kept, in each namespace; the oldest go first. (The reference has no
    /// such limit.)
    public var maxBytes = 16_777_216
    /// Clients that are remembered, in each namespace; the oldest go first.
    public var maxSessions = 10_000
    /// Bytes of events that a client may have missed, counted as for `maxBytes`, those in its rooms
    /// that it is excepted from as well: with more it is new. And what one client is sent again in
    /// a second, on average: one that comes back again and again waits up to a second for its turn.
    /// (The reference has no such limit.)
    public var maxMissedBytes = 1_048_576

    /// The reference's defaults.
    public init() {}
}

/// The memory of one namespace.
final class SessionMemory {
    /// A client that is away.
    struct Departed {
        let sid: Socket.ID
        let pid: String
        let rooms: Set<WireName>
        let data: SocketData
        let left: Int
        /// The number of the first event of its stay. A client may name an older one: it never
        /// forgets the last that it has heard.
        let start: Int
        /// The moment from which on it may be sent something again.
        let rested: Int
        /// Numbers of events that it has heard while the broker was away; see OrderedEvents.swift.
        var late: Set<Int> = []
        /// Such events of servers that it was connected to before.
        var marks: [LateEvent] = []
        /// The offsets of those that it says it has heard.
        var heard: Set<String> = []
    }

    /// A client that is back, and waits to be let in.
    struct Returning {
        let session: Departed
        let offset: Int

        var audience: Audience { Audience(names: session.rooms, id: session.sid) }
    }

    /// What a client says that comes back.
    nonisolated struct Claim: Decodable {
        let pid: String
        let offset: String?
    }

    /// To be let in takes as much time as to be sent so many bytes of events, and to be in a room
    /// again as much as so many.
    private static let bytesPerReturn = 8_192
    private static let bytesPerRoom = 256

    let options: ConnectionStateRecovery
    /// Shared by the namespaces of a server.
    private let queue: ReturnQueue
    var sessions: [String: Departed] = [:]
    /// Which client left when; one that has come back since is no longer in `sessions`.
    private var order = DeadlineQueue<(pid: String, left: Int)>()
    /// Clients that are there, by their pids.
    private(set) var present: [String: Socket] = [:]
    /// The client that is just about to become a socket.
    var found: Returning?
    private(set) var log: EventLog
    /// Called with each client that is away: other servers may want to know it.
    var share: ((Departed) -> Void)?

    init(_ options: ConnectionStateRecovery, queue: ReturnQueue) {
        self.options = options
        self.queue = queue
        log = EventLog(duration: options.maxDisconnectionDuration, maxBytes: options.maxBytes)
    }

    // MARK: - Remembering

    /// An event goes out: it gets an offset, by which a client can say what it has heard last.
    func keep(
        _ event: OutgoingEvent, rooms: [String], except: [String], offset: String? = nil
    ) -> OutgoingEvent {
        let kept = log.append(
            event.arguments, rooms: rooms, except: except, offset: offset,
            now: EventLoop.shared.now)
        return OutgoingEvent(arguments: kept, isKept: true)
    }

    /// A socket leaves. Only of one that did not want to go there is anything to remember.
    func keep(_ socket: Socket, _ reason: DisconnectReason) {
        guard let pid = socket.more.pid else { return }
        present[pid] = nil
        switch reason {
        case .transportError, .transportClose, .forcedClose, .pingTimeout, .serverShuttingDown,
            .forcedServerClose:
            keep(
                Departed(
                    sid: socket.id, pid: pid, rooms: socket.joinedRooms, data: socket.data,
                    left: EventLoop.shared.now, start: socket.more.start,
                    rested: socket.more.rested, late: socket.more.late,
                    marks: socket.more.marks))
        case .clientNamespaceDisconnect, .serverNamespaceDisconnect, .parseError: break
        }
    }

    func keep(_ session: Departed) {
        sessions[session.pid] = session
        order.append(
            (session.pid, session.left), at: session.left &+ options.maxDisconnectionDuration)
        share?(session)
        forgetOldSessions()
    }

    /// A client that comes and goes all the time takes up one place, and none of the others'.
    private func forgetOldSessions() {
        let now = EventLoop.shared.now
        while let entry = order.popDue(at: sessions.count > options.maxSessions ? .max : now - 1) {
            // It may have come back and left again since: then it stands further on once more.
            if isAway(entry.key) { sessions[entry.key.pid] = nil }
        }
        if order.count > 2 * sessions.count + 1_000 { order.removeAll { !isAway($0) } }
    }

    private func isAway(_ entry: (pid: String, left: Int)) -> Bool {
        sessions[entry.pid]?.left == entry.left
    }

    // MARK: - Coming back

    /// The id of the client that a CONNECT payload names, if its session can be taken up again: not
    /// too old, and all that it has missed is still known, and not too much.
    func returningID(_ payload: JSONText?) -> Socket.ID? {
        found = returning(payload)
        return found?.session.sid
    }

    private func returning(_ payload: JSONText?) -> Returning? {
        guard !sessions.isEmpty || !present.isEmpty, let claim = payload?.decode(Claim.self) else {
            return nil
        }
        // Its old connection has broken, and this server has not noticed yet. No other client knows
        // the pid.
        present[claim.pid]?.client.session.end(.transportClose)
        guard let session = sessions[claim.pid],
            session.left >= EventLoop.shared.now &- options.maxDisconnectionDuration,
            let named = claim.offset.flatMap(log.number(of:))
        else { return nil }
        let returning = Returning(session: session, offset: max(named, session.start - 1))
        return missedBytes(after: returning.offset, for: returning.audience).map { _ in returning }
    }

    /// How much was missed; nil: not all of it is still there, or it is so much that others would
    /// have to wait for it, or the line be cut: then its client would come back again and again.
    func missedBytes(after offset: Int, for audience: Audience) -> Int? {
        guard log.isKept(after: offset, now: EventLoop.shared.now) else { return nil }
        let size = log.size(after: offset, for: audience)
        return size <= options.maxMissedBytes ? size : nil
    }

    /// A socket is new, or has the id of one that comes back. True: the middlewares need not be
    /// asked.
    func prepare(_ socket: Socket) -> Bool {
        // From here on it may be sent something, if only to the door.
        socket.more.start = log.nextNumber
        guard let returning = found, returning.session.sid == socket.id else { return false }
        found = nil
        // Another that comes with the same pid now is another client.
        sessions[returning.session.pid] = nil
        socket.more.returning = returning
        socket.data = returning.session.data
        return options.skipMiddlewares
    }

    /// The socket may come in, by calling `enter`: at once, unless many have come back with it, or
    /// it has come back for much a moment ago.
    func admit(_ socket: Socket, _ enter: @escaping () -> Void) {
        guard let returning = socket.more.returning else { return enter() }
        let missed = log.size(after: returning.offset, for: returning.audience)
        let rooms = returning.session.rooms.count * Self.bytesPerRoom
        let cost = Self.bytesPerReturn + rooms + missed
        let rest = returning.session.rested &- EventLoop.shared.now
        guard missed > 0, rest > 0 else { return queue.wait(socket, cost: cost, enter) }
        EventLoop.shared.after(rest) { [queue] in queue.wait(socket, cost: cost, enter) }
    }

    /// The socket is let in: it gets its rooms, and what it has missed, in one go.
    func welcome(_ socket: Socket) -> String {
        let extras = socket.more
        let pid = takeUp(socket, extras) ?? RandomID.next()
        extras.returning = nil
        extras.pid = pid
        present[pid] = socket
        return ",\"pid\":\"\(pid)\""
    }

    /// The pid of a client that is back, after it was sent what it has missed; nil: it is new.
    private func takeUp(_ socket: Socket, _ extras: SocketExtras) -> String? {
        guard let returning = extras.returning else { return nil }
        let session = returning.session
        // A middleware may have let it join others.
        let audience = Audience(names: session.rooms.union(socket.joinedRooms), id: socket.id)
        guard let missed = missedBytes(after: returning.offset, for: audience) else { return nil }
        let time = missed &* 1_000 / max(1, options.maxMissedBytes)
        extras.rested = max(session.rested, EventLoop.shared.now &+ time)
        extras.start = session.start
        extras.recovered = true
        for room in session.rooms { socket.join(room.text) }
        let name = socket.namespace.name
        let messages = log.messages(
            after: returning.offset, for: audience, without: session.heard, in: name)
        for message in messages { socket.client.session.send(message) }
        (extras.late, extras.marks) = (session.late, session.marks)
        return session.pid
    }

    /// It was not let in, or has gone before: it may try again.
    func giveBack(_ socket: Socket) {
        guard let extras = socket.kept, let returning = extras.returning else { return }
        extras.returning = nil
        keep(returning.session)
    }
}

extension Socket {
    /// Whether its client has come back, and has missed nothing: id, rooms and data are what they
    /// were.
    public var recovered: Bool { kept?.recovered ?? false }
}
