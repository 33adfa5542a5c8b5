// The time limits of all sessions: heartbeats, upgrades, joining, closing. Each kind lies equally
// far ahead for every session, so that a queue for each keeps them in order: no timer objects.
// In: sessions whose state has changed, the time. Out: calls to those whose time has come.
// Next: Session.swift, EngineIOWire/SessionState.swift.

import EngineIOWire
import EngineSockets

extension EngineIOServer: DeadlineSource {
    /// Milliseconds that a client has to fetch what was said before its session was closed.
    private static let closingTime = 30_000

    /// To be called whenever a session's heartbeat has set itself another moment. All pings are
    /// equally far away, and all pongs: a queue for each keeps them in order.
    func scheduleHeartbeat(of session: Session) {
        let deadline = session.state.heartbeatDeadline
        if session.state.awaitsPong {
            pongs.append(session.sid, at: deadline)
        } else {
            pings.append(session.sid, at: deadline)
        }
        EventLoop.shared.deadlinesChanged()
    }

    func scheduleUpgradeTimeout(of session: Session) {
        upgrades.append(session.sid, at: EventLoop.shared.now &+ options.upgradeTimeout)
    }

    /// A session was closed whose client is to come for the last packets.
    func scheduleClosing(of session: Session) {
        closings.append(session.sid, at: EventLoop.shared.now &+ Self.closingTime)
        EventLoop.shared.deadlinesChanged()
    }

    var nextDeadline: Int? {
        [pings.next, pongs.next, upgrades.next, joins.next, closings.next]
            .compactMap(\.self).min()
    }

    func deadlinePassed(at now: Int) {
        while let (deadline, sid) = pings.popDue(at: now) { heartbeat(sid, deadline, now) }
        while let (deadline, sid) = pongs.popDue(at: now) { heartbeat(sid, deadline, now) }
        while let (_, sid) = upgrades.popDue(at: now) { session(withID: sid)?.upgradeDue(now: now) }
        while let (_, sid) = joins.popDue(at: now) { joinTimedOut?(sid) }
        while let (_, sid) = closings.popDue(at: now) { session(withID: sid)?.closingDue() }
    }

    /// An entry that was overtaken by a pong is no longer the session's deadline.
    private func heartbeat(_ sid: String, _ deadline: Int, _ now: Int) {
        guard let session = session(withID: sid), session.state.heartbeatDeadline <= deadline else {
            return
        }
        session.heartbeatDue(now: now)
    }

    /// Forgets the deadlines of sessions that are over.
    func forgetDeadlines() {
        let isOver = { (sid: String) in self.session(withID: sid) == nil }
        pings.removeAll(where: isOver)
        pongs.removeAll(where: isOver)
        joins.removeAll(where: isOver)
        closings.removeAll(where: isOver)
    }
}
