// How many Socket.IO packets a client may send in a second. In: packets, one by one. Out: why one
// is too many. Next: SocketIO/Client.swift, which asks.

import EngineSockets

/// Counts the packets of a session.
struct PacketLimit {
    let most: Int
    /// How many have come in this second.
    private var packets = 0
    private var second = 0

    init(most: Int) { self.most = most }

    /// One more has come. Not nil: it is one too many.
    mutating func excess() -> String? {
        let now = EventLoop.shared.now / 1_000
        packets = now == second ? packets + 1 : 1
        second = now
        return packets > most ? "it sent more than \(most) packets in a second" : nil
    }
}

extension Session {
    func excess() -> String? {
        guard let extras = extras as? SessionExtras else { return nil }
        return extras.packetLimit?.excess()
    }
}
