// A session over long-polling: one GET that waits until there is something to say, and POSTs with
// what the client has to say. In: exchanges. Out: answers, and packets for Session.swift.
// Next: EngineIOServer.swift, which answers.

import EngineIOWire
import EngineSockets
import HTTPWire

extension Session: Flushable, ExchangeObserver {
    /// So many packets go into one answer to a poll; the others wait for the next one, which
    /// follows at once. python-engineio closes the connection over more.
    private static let packetsPerPoll = 16

    /// A GET: answered when there is something to say.
    func poll(_ exchange: HTTPExchange) {
        guard poll == nil else {
            // Two polls at once: the order of their answers could not be told.
            server.answer(exchange, .badRequest)
            return fail(.transportError, "a second poll came while one was waiting")
        }
        exchange.observer = self
        poll = exchange
        if !waiting.isEmpty || state.isUpgrading || !isOpen { answerPoll() }
    }

    /// At the end of a turn: everything that was sent during it, in one answer.
    package func flush() {
        isFlushScheduled = false
        if !waiting.isEmpty { answerPoll() }
    }

    /// Answers the poll that waits, if there is one. Of a session that closes, the last answer is
    /// `1` alone: clients drop what stands beside it.
    func answerPoll() {
        guard poll != nil else { return }
        let packets = waiting.take(atMost: Self.packetsPerPoll)
        if !packets.isEmpty { return answerPoll(with: packets) }
        // A noop: the poll has to end, and there is nothing to say.
        answerPoll(with: [phase == .closing ? Self.closing : Self.noop])
        closingDue()
    }

    func answerPoll(with packets: [OutgoingPacket]) {
        guard let exchange = poll else { return }
        poll = nil
        server.answer(exchange, body(of: packets))
    }

    func exchangeAborted(_ exchange: HTTPExchange) {
        guard exchange === poll else { return }
        poll = nil
        exchange.abandon()
        end(.transportError)
    }

    // MARK: - POST

    /// Whether a POST is still arriving: the order of two at once could not be told.
    private var isPosting: Bool { posting?.isReceivingBody == true }

    /// A POST has begun to arrive.
    func postBegins(on connection: HTTPConnection) {
        if posting !== connection, isPosting { return failOfOverlap() }
        posting = connection
    }

    static let acceptedPost: ResponseBody = (Array("ok".utf8), "text/html")
    /// A POST: packets from the client, all or none.
    func post(_ exchange: HTTPExchange) {
        // One that was refused on the way here is no longer arriving.
        let isOverlap = isPosting
        posting = nil
        guard !isOverlap else {
            server.answer(exchange, .badRequest)
            return failOfOverlap()
        }
        do {
            for packet in try packets(in: exchange.request) { receive(packet) }
            if mayAnswer(exchange) { server.answer(exchange, Self.acceptedPost) }
        } catch {
            server.answer(exchange, .badRequest)
            fail(.parseError, "\(error)", exchange.request.body)
        }
    }

    private func failOfOverlap() {
        fail(.transportError, "a second POST came before the first one had ended")
    }
}

/// The packets that wait for a client's polls, those first that have waited longest.
struct WaitingPackets {
    private var packets: ArraySlice<OutgoingPacket> = []
    private var byteCount = 0
    /// How many bytes the last poll has left behind: the client is on its way to fetch them.
    private var leftByPoll = 0
    /// How many bytes earlier turns have left behind.
    private var leftByTurn = 0
    private var turn = 0

    var isEmpty: Bool { packets.isEmpty }

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
        let taken = Array(packets.prefix(limit))
        packets = packets.dropFirst(limit)
        for packet in taken { byteCount -= packet.payloadSize }
        (leftByPoll, leftByTurn) = (byteCount, byteCount)
        // Gives memory back once half of it lies behind: each packet is moved once at most.
        if packets.startIndex >= packets.count { packets = Array(packets)[...] }
        return taken
    }
}
