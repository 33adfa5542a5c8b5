// A client that comes back to another server: its session goes there by the adapter, and what it
// has missed is in the log of each server. In: sockets that leave, and that come with a pid.
// Out: sessions for the adapter; sockets with the id, the rooms and the data that they had.
// Next: More/Recovery/ConnectionStateRecovery.swift, Cluster.swift.

import EngineSockets
import SocketIOEvents
import SocketIOWire

extension Cluster {
    /// Another server may take so many milliseconds to let a client go: a busy one needs them. Only
    /// a client of a server that was killed waits so long, to be new then.
    private static let releaseTimeout = 2_000
    /// After the broker is back, so many milliseconds pass until sessions are saved: late events
    /// get their offsets first.
    private static let pauseBeforeSaving = 500
    /// So many sessions wait for the broker.
    private static let mostUnsaved = 10_000

    // MARK: - Going

    /// A client is away, and may come back to any server.
    func save(_ session: SessionMemory.Departed, for milliseconds: Int) {
        guard ordersEvents, let memory = extras?.memory else { return }
        let isComplete = !session.late.contains(where: order.isLate)
        if state == .ready && isComplete || isClosing {
            return adapter.save(saved(session, memory), in: name, for: milliseconds)
        }
        unsaved.removeAll { $0.session.pid == session.pid }
        if unsaved.count < Self.mostUnsaved { unsaved.append((session, milliseconds)) }
        if state == .ready { saveLater() }
    }

    private func saved(
        _ session: SessionMemory.Departed, _ memory: SessionMemory
    ) -> SavedSession {
        SavedSession(
            server: server, sid: session.sid, pid: session.pid,
            rooms: [session.sid] + session.rooms.map(\.text).filter { $0 != session.sid },
            data: session.data.shared, start: memory.offset(before: session.start),
            late: lateEvents(of: session, memory))
    }

    /// The events that a client was sent without their places, in the order in which it heard them.
    private func lateEvents(
        of session: SessionMemory.Departed, _ memory: SessionMemory
    ) -> [LateEvent] {
        let own = session.late.sorted().compactMap { order.mark($0, token($0)) }
        guard !session.marks.isEmpty else { return own }
        return (session.marks + own).enumerated().map { index, event in
            (place: memory.number(of: event.after), index: index, event: event)
        }.sorted { ($0.place, $0.index) < ($1.place, $1.index) }.map(\.event)
    }

    /// The broker is back, or a session waits for the offsets of events that it has heard.
    func saveLater() {
        guard !unsaved.isEmpty else { return }
        EventLoop.shared.after(Self.pauseBeforeSaving) { [weak self] in
            if self?.state == .ready { self?.saveWaiting() }
        }
    }

    /// Saves what waits; an event that has no offset by now will hardly get one.
    func saveWaiting() {
        guard let memory = extras?.memory else { return }
        let waiting = unsaved
        unsaved = []
        for (session, milliseconds) in waiting where memory.isAway(session.pid) {
            adapter.save(saved(session, memory), in: name, for: milliseconds)
        }
    }

    // MARK: - Coming back

    /// Looks for the session of a socket that is about to come in, wherever it was saved.
    func lookUp(
        _ socket: Socket, in memory: SessionMemory, _ proceed: @escaping () -> Void
    ) {
        // While the past is not read to its end, it can't be told what was missed.
        guard state != .opening, let claim = memory.claim(in: socket.handshake),
            let offset = claim.offset
        else { return proceed() }
        // Its old connection may be with this server, and it has not noticed that it is broken.
        _ = memory.release(claim.pid)
        Task {
            let session = await session(claim.pid, memory)
            if let session {
                if socket.isGone { return memory.giveBack(session) }
                let late = lateEvents(of: session, memory)
                memory.takeIn(socket, session, late, own: "~\(server).", offset: offset)
            }
            if !socket.isGone { proceed() }
        }
    }

    private func session(
        _ pid: String, _ memory: SessionMemory
    ) async -> SessionMemory.Departed? {
        do {
            if let saved = try await adapter.restore(pid, in: name) {
                return departed(saved, memory)
            }
            if unsaved.contains(where: { $0.session.pid == pid }) { return memory.take(pid) }
            _ = memory.take(pid)
            // It may still be connected to another server that has not noticed its end. One that
            // noticed just now says no, and has saved the session meanwhile.
            _ = await gather(within: Self.releaseTimeout, until: Self.isReleased) {
                .release(pid: pid, request: $0)
            }
            return try await adapter.restore(pid, in: name).map { departed($0, memory) }
        } catch {
            // Without the broker: as if this server were alone.
            return memory.take(pid)
        }
    }

    private nonisolated static func isReleased(_ message: AdapterMessage) -> Bool {
        if case .released(true, _) = message.content { true } else { false }
    }

    private func departed(_ saved: SavedSession, _ memory: SessionMemory) -> SessionMemory.Departed
    {
        // All of its data, if it has been nowhere else.
        if let own = memory.take(saved.pid), saved.server == server { return own }
        var data = SocketData()
        data.shared = saved.data
        let rooms = saved.rooms.lazy.filter { $0 != saved.sid }.map { WireName($0) }
        return SessionMemory.Departed(
            sid: saved.sid, pid: saved.pid, rooms: Set(rooms), data: data,
            left: EventLoop.shared.now, start: memory.start(after: saved.start), rested: 0,
            marks: saved.late)
    }
}
