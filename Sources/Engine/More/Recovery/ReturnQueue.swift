// Many clients that come back at once, after a proxy was started anew or a network has failed, are
// let in one after the other, with time for everything else in between. In: sockets, and how much
// each of them has missed. Out: calls. Next: ConnectionStateRecovery.swift.

import EngineSockets

/// Lets clients that have missed something in, so many bytes of events in a turn of the loop.
final class ReturnQueue {
    /// Bytes of events, as `ConnectionStateRecovery.maxBytes` counts them, that one turn sends
    /// again: a few milliseconds. A single client may have missed more.
    private static let bytesPerTurn = 524_288

    private var waiting: [(socket: Socket, cost: Int, enter: () -> Void)] = []
    /// How many at the front are in already.
    private var first = 0
    /// What this turn has sent.
    private var spent = 0
    private var isTurnScheduled = false

    /// Calls `enter` when it is this socket's turn: mostly at once. Of one that does not wait for
    /// it nothing more is heard.
    func wait(_ socket: Socket, cost: Int, _ enter: @escaping () -> Void) {
        waiting.append((socket, cost, enter))
        proceed()
    }

    private func proceed() {
        while first < waiting.count, spent == 0 || spent + waiting[first].cost <= Self.bytesPerTurn
        {
            let next = waiting[first]
            first += 1
            if next.socket.isGone { continue }
            spent += next.cost
            next.enter()
        }
        if first * 2 >= waiting.count {
            waiting.removeFirst(first)
            first = 0
        }
        scheduleTurn()
    }

    private func scheduleTurn() {
        guard spent > 0, !isTurnScheduled else { return }
        isTurnScheduled = true
        EventLoop.shared.after(1) { [self] in
            isTurnScheduled = false
            spent = 0
            proceed()
        }
    }
}
