// The time limits of all sessions. Each kind lies equally far ahead for every session, so that a
// queue for each keeps them in order: no timer objects. In: sessions, moments in milliseconds.
// Out: calls to the sessions whose time has come. Next: Session.swift.

import EngineSockets

/// What sessions have to do later.
enum SessionDeadline: Int, CaseIterable {
    /// Send a ping. An entry that a pong has overtaken means nothing.
    case ping
    /// Miss a pong.
    case pong
    /// End an upgrade that takes too long.
    case upgrade
    /// Close a connection that has joined no namespace.
    case joining
    /// Give up a session whose client does not come for the last packets.
    case closing
}

extension EngineIOServer: DeadlineSource {
    /// Sets a deadline of a session, so many milliseconds from now: always as many for a kind.
    func schedule(_ kind: SessionDeadline, of session: Session, in milliseconds: Int) {
        deadlines[kind.rawValue].append(session.sid, at: EventLoop.shared.now &+ milliseconds)
        EventLoop.shared.deadlinesChanged()
    }

    /// To be called whenever a session's heartbeat has set itself another moment.
    func scheduleHeartbeat(of session: Session) {
        let (state, now) = (session.state, EventLoop.shared.now)
        schedule(state.awaitsPong ? .pong : .ping, of: session, in: state.heartbeatDeadline &- now)
    }

    /// A loop, since it is asked at every turn: a key path would cost more than all else here.
    var nextDeadline: Int? {
        var earliest: Int?
        for kind in deadlines.indices {
            guard let next = deadlines[kind].next else { continue }
            earliest = min(earliest ?? next, next)
        }
        return earliest
    }

    func deadlinePassed(at now: Int) {
        for kind in SessionDeadline.allCases {
            while let (_, sid) = deadlines[kind.rawValue].popDue(at: now) {
                sessions[sid]?.deadlinePassed(kind, now: now)
            }
        }
    }
}
