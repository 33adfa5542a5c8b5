// A session over long-polling: one GET that waits until there is something to say, and POSTs with
// what the client has to say. In: exchanges. Out: answers, and packets for Session.swift.
// Next: WaitingPackets.swift, EngineIOAnswers.swift.

import EngineIOWire
import HTTPWire
import EngineSockets

extension Session: Flushable, ExchangeObserver {
    /// So many packets go into one answer to a poll; the others wait for the next one, which
    /// follows at once. python-engineio closes the connection over more.
    private static let packetsPerPoll = 16

    /// A GET: answered when there is something to say.
    func poll(_ exchange: HTTPExchange) {
        guard poll == nil else {
            // Two polls at once: the order of their answers could not be told.
            exchange.respond(server.refusal(.badRequest, exchange.request.head))
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
        answerPoll(with: [isOpen || saidGoodbye ? Self.noop : Self.closing])
        closingDue()
    }

    func answerPoll(with packets: [OutgoingPacket]) {
        guard let exchange = poll else { return }
        poll = nil
        exchange.respond(server.pollResponse(body(of: packets), exchange.request.head))
    }

    func exchangeAborted(_ exchange: HTTPExchange) {
        guard exchange === poll else { return }
        poll = nil
        exchange.abandon()
        end(.transportError)
    }

    /// A POST has begun to arrive. Two at once: their order could not be told.
    func postBegins(on connection: HTTPConnection) {
        let isOverlap = posting !== connection && posting?.isReceivingBody == true
        if isOverlap { return failOfOverlap() }
        posting = connection
    }

    /// A POST: packets from the client, all or none.
    func post(_ exchange: HTTPExchange) {
        let request = exchange.request
        // One that was refused on the way here is no longer arriving.
        let isOverlap = posting?.isReceivingBody == true
        posting = nil
        guard !isOverlap else {
            exchange.respond(server.refusal(.badRequest, request.head))
            return failOfOverlap()
        }
        do {
            for packet in try packets(in: request) { receive(packet) }
            exchange.respond(server.postResponse(request.head))
        } catch {
            exchange.respond(server.refusal(.badRequest, request.head))
            fail(.parseError, "\(error)", request.body)
        }
    }

    private func failOfOverlap() {
        fail(.transportError, "a second POST came before the first one had ended")
    }
}
