// What a session has to say while its client is between two polls.
// In: packets, the time, limits. Out: the packets of the next answer, those first that have waited
// longest. Next: Session.swift.

import EngineSockets

/// The packets that wait for a client's polls.
struct WaitingPackets {
    private var packets: [OutgoingPacket] = []
    private var first = 0
    private var byteCount = 0
    /// How many bytes the last poll has left behind: the client is on its way to fetch them.
    private var leftByPoll = 0
    /// How many bytes earlier turns have left behind.
    private var leftByTurn = 0
    private var turn = 0

    var isEmpty: Bool { first == packets.count }

    /// Adds a packet. False: too much waits, and it is not added.
    ///
    /// What one turn of the program adds is no sign of a slow client, which had no chance to poll
    /// meanwhile: that is bounded by `limit` alone, in bytes, and a packet may be larger. What
    /// earlier turns have added since the client polled last may be `TCPStream.defaultUnreadLimit`.
    mutating func append(_ packet: OutgoingPacket, limit: Int, now: Int) -> Bool {
        if now != turn { (turn, leftByTurn) = (now, byteCount) }
        guard leftByTurn - leftByPoll <= TCPStream.defaultUnreadLimit, byteCount <= limit else {
            return false
        }
        packets.append(packet)
        byteCount += packet.payloadSize
        return true
    }

    /// Takes packets out: the client has polled, or has changed to WebSocket.
    mutating func take(atMost limit: Int = .max) -> [OutgoingPacket] {
        let end = first + min(limit, packets.count - first)
        let taken = Array(packets[first..<end])
        first = end
        for packet in taken { byteCount -= packet.payloadSize }
        (leftByPoll, leftByTurn) = (byteCount, byteCount)
        // Each packet is moved once at most, however many there are.
        if first * 2 >= packets.count {
            packets.removeFirst(first)
            first = 0
        }
        return taken
    }
}
