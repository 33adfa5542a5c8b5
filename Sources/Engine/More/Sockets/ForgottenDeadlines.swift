// Memory, where thousands of sessions come and go in a second. In: a server that has forgotten a
// session. Out: queues of deadlines without those that mean nothing any more.
// Next: EngineIO/SessionDeadlines.swift.

extension EngineIOServer {
    /// Deadlines outlive their sessions by up to 45 s; with thousands that come and go in a second
    /// they would be the most of what is held.
    func forgetDeadlines() {
        let (pings, joinings) = (SessionDeadline.ping.rawValue, SessionDeadline.joining.rawValue)
        guard deadlines[pings].count + deadlines[joinings].count > 4 * sessions.count + 2_000
        else { return }
        for kind in deadlines.indices {
            deadlines[kind].removeAll { sessions[$0] == nil }
        }
    }
}
