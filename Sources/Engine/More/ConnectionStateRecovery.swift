// A client whose connection broke comes back as if nothing had happened: with its id, its rooms, its
// data, and what it has missed. In: sockets that leave, events that go out. Out: what a returning
// client is told before its welcome. Spec: Socket.IO "Connection state recovery", as the reference's
// in-memory adapter does it. Next: EventLog.swift.

import SocketIOEvents
import SocketIOWire
import Sockets

/// What is remembered for clients that come back.
public struct ConnectionStateRecovery {
    /// Milliseconds that a client may be away.
    public var maxDisconnectionDuration = 120_000
    /// Whether a client that comes back is let in without asking the middlewares again.
    public var skipMiddlewares = true
    /// Bytes of events that are kept, in each namespace; the oldest go first. (The reference has no
    /// such limit.)
    public var maxBytes = 16_777_216
    /// Clients that are remembered, in each namespace; the oldest go first.
    public var maxSessions = 10_000

    /// The reference's defaults.
    public init() {}
}

/// The memory of one namespace.
final class SessionMemory {
    /// A client that is away.
    struct Session {
        let sid: Socket.ID
        let pid: String
        let rooms: Set<String>
        let data: SocketData
        let left: Int
        /// The number of the first event of its stay. A client may name an older one: it never
        /// forgets the last that it has heard.
        let start: Int
    }

    /// A client that is back, and waits to be let in.
    struct Returning {
        let session: Session
        let offset: Int
    }

    private let options: ConnectionStateRecovery
    private var sessions: [String: Session] = [:]
    /// Who left when, in order; who has come back since is no longer in `sessions`.
    private var order: [(pid: String, left: Int)] = []
    private var log: EventLog

    init(_ options: ConnectionStateRecovery) {
        self.options = options
        log = EventLog(duration: options.maxDisconnectionDuration, maxBytes: options.maxBytes)
    }

    // MARK: - Remembering

    /// An event goes out: it gets an offset, by which a client can say what it has heard last.
    func keep(_ event: OutgoingEvent, rooms: [String], except: [String]) -> OutgoingEvent {
        let now = EventLoop.shared.now
        let kept = log.append(event.arguments, rooms: rooms, except: except, now: now)
        return OutgoingEvent(arguments: kept, isKept: true)
    }

    /// A socket leaves. Only of one that did not want to go there is anything to remember.
    func keep(_ socket: Socket, _ reason: DisconnectReason) {
        switch reason {
        case .transportError, .transportClose, .forcedClose, .pingTimeout, .serverShuttingDown,
            .forcedServerClose:
            guard let pid = socket.more.pid else { return }
            keep(
                Session(
                    sid: socket.id, pid: pid, rooms: socket.joinedRooms, data: socket.data,
                    left: EventLoop.shared.now, start: socket.more.start))
        case .clientNamespaceDisconnect, .serverNamespaceDisconnect, .parseError: break
        }
    }

    private func keep(_ session: Session) {
        sessions[session.pid] = session
        order.append((session.pid, session.left))
        forgetOldSessions()
    }

    private func forgetOldSessions() {
        let oldest = EventLoop.shared.now &- options.maxDisconnectionDuration
        var count = 0
        for (pid, left) in order {
            guard left < oldest || order.count - count > options.maxSessions else { break }
            // It may have come back and left again since: then it stands further on once more.
            if sessions[pid]?.left == left { sessions[pid] = nil }
            count += 1
        }
        order.removeFirst(count)
    }

    // MARK: - Coming back

    /// The session that a CONNECT payload names, if it can be taken up again: not too old, and all
    /// that its client has missed is still known.
    func session(in payload: JSONText?) -> Session? { returning(payload)?.session }

    private func returning(_ payload: JSONText?) -> Returning? {
        guard !sessions.isEmpty, let said = payload?.decode(JSON.self),
            let pid = said["pid"]?.string, let session = sessions[pid],
            let named = said["offset"]?.string.flatMap(log.number(of:)),
            case let offset = max(named, session.start - 1),
            canRepeat(after: offset, to: session.rooms.union([session.sid])),
            session.left >= EventLoop.shared.now &- options.maxDisconnectionDuration
        else { return nil }
        return Returning(session: session, offset: offset)
    }

    /// Whether all of it is still there, and not so much that the line would be cut for it: then its
    /// client would come back again and again.
    private func canRepeat(after offset: Int, to rooms: Set<String>) -> Bool {
        guard log.isKept(after: offset, now: EventLoop.shared.now) else { return false }
        let bytes = log.events(after: offset, for: rooms).reduce(0) { $0 + $1.byteCount }
        return bytes <= TCPStream.defaultUnreadLimit / 2
    }

    /// A socket is new, or has the id of one that comes back. True: the middlewares need not be asked.
    func prepare(_ socket: Socket) -> Bool {
        // From here on it may be sent something, if only to the door.
        socket.more.start = log.nextNumber
        guard let returning = returning(socket.handshake.payload) else { return false }
        // Whoever comes with the same pid now is somebody else.
        sessions[returning.session.pid] = nil
        socket.more.returning = returning
        socket.data = returning.session.data
        return options.skipMiddlewares
    }

    /// The socket is let in: it gets its rooms, and what it has missed, in one go.
    func welcome(_ socket: Socket) -> Welcome {
        let pid: String
        if let returning = socket.more.returning,
            canRepeat(
                after: returning.offset,
                to: socket.rooms.union(returning.session.rooms))
        {
            pid = returning.session.pid
            socket.more.start = returning.session.start
            socket.more.recovered = true
            for room in returning.session.rooms { socket.join(room) }
            for missed in log.events(after: returning.offset, for: socket.rooms) {
                let event = OutgoingEvent(arguments: missed)
                socket.client.session.send(.event(event, namespace: socket.namespace.name))
            }
        } else {
            pid = RandomID.next()
        }
        socket.more.returning = nil
        socket.more.pid = pid
        return Welcome(members: ",\"pid\":\"\(pid)\"", hasRepeated: socket.more.recovered)
    }

    /// It was not let in, or has gone before: it may try again.
    func giveBack(_ socket: Socket) {
        guard let extras = socket.extras as? SocketExtras, let returning = extras.returning else {
            return
        }
        extras.returning = nil
        keep(returning.session)
    }
}

extension Socket {
    /// Whether its client has come back, and has missed nothing: id, rooms and data are what they
    /// were.
    public var recovered: Bool { (extras as? SocketExtras)?.recovered ?? false }
}
