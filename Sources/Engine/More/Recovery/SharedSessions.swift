// What the memory of a namespace knows and does about clients that come back to another server.
// In: what a client says, sessions of other servers. Out: sockets with the ids that they had.
// Next: ConnectionStateRecovery.swift, ../Cluster/Returns.swift.

import EngineSockets
import SocketIOEvents
import SocketIOWire

extension SessionMemory {
    /// What a client says that comes back.
    func claim(in handshake: Handshake) -> Claim? { handshake.payload?.decode(Claim.self) }

    /// Ends the connection of a client that is elsewhere by now. False: it is not here.
    func release(_ pid: String) -> Bool {
        guard let socket = present[pid] else { return false }
        socket.client.session.end(.transportClose)
        return true
    }

    /// Whether a client is away, and has not come back since.
    func isAway(_ pid: String) -> Bool { sessions[pid] != nil }

    /// The session of a client that is away, once.
    func take(_ pid: String) -> Departed? { sessions.removeValue(forKey: pid) }

    /// A session was taken for a client that has gone meanwhile.
    func giveBack(_ session: Departed) { keep(session) }

    /// A session was found for a socket that is about to come in. Its client says what it has heard
    /// last: an event with an offset, or one of those that it was sent before they had one.
    func takeIn(
        _ socket: Socket, _ session: Departed, _ late: [LateEvent], own prefix: String,
        offset: String
    ) {
        let named: Int
        let heard: [LateEvent]
        if let index = late.lastIndex(where: { $0.token == offset }) {
            named = number(of: late[index].after)
            heard = Array(late[...index])
        } else {
            guard let number = log.number(of: offset) else { return }
            named = number
            heard = late.filter { self.number(of: $0.after) < number }
        }
        var session = session
        session.heard = Set(heard.compactMap(\.offset))
        session.marks = heard.filter { !$0.token.hasPrefix(prefix) }
        session.late = Set(
            heard.lazy.filter { $0.token.hasPrefix(prefix) }.compactMap {
                Int($0.token.dropFirst(prefix.count))
            })
        let returning = Returning(session: session, offset: max(named, session.start - 1))
        guard missedBytes(after: returning.offset, for: returning.audience) != nil else { return }
        socket.id = session.sid
        found = returning
    }

    /// The number of an event with an offset; -1: it is none, or too old.
    func number(of offset: String) -> Int { log.number(of: offset) ?? -1 }

    /// The offset of the newest event; nil: there is none.
    var lastOffset: String? { log.offset(of: log.nextNumber - 1) }

    /// The offset of the last event before a stay; an empty text: there was none, nil: not known.
    func offset(before start: Int) -> String? { start == 0 ? "" : log.offset(of: start - 1) }

    /// Where a stay begins that began behind this offset.
    func start(after offset: String?) -> Int { offset.flatMap(log.number(of:)).map { $0 + 1 } ?? 0 }
}
