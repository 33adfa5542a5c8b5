// `await io.to("room").timeout(1000).emitWithAck("ready?", as: Bool.self)`: an event to many that
// each of them answers. In: sockets, a name, values, a time. Out: the answers, and which are
// missing. Next: AnswerCollector.swift, SocketIO/Broadcast.swift.

import SocketIOEvents
import SocketIOWire
import EngineSockets

/// What the sockets that were asked have answered.
public struct BroadcastAnswers<Reply> {
    /// The answers, by their sockets' ids.
    public let replies: [Socket.ID: Reply]
    /// Answers of sockets whose servers do not say which they are: behind Redis, none does.
    public let anonymousReplies: [Reply]
    /// Sockets that were asked and did not answer in time, have gone, or answered something else.
    public let missing: Set<Socket.ID>
    /// How many of the sockets without names did not answer.
    public let anonymousMissing: Int
    /// How many other servers did not say in time which sockets, or how many, they have asked; at
    /// least so many, where the adapter could not be asked how many there are.
    public let silentServers: Int

    /// All answers, in no order.
    public var all: [Reply] { Array(replies.values) + anonymousReplies }

    /// Whether all sockets have answered.
    public var isComplete: Bool { missing.isEmpty && anonymousMissing == 0 && silentServers == 0 }
}

/// A choice of sockets that will be asked, and how long their answers may take.
public struct BroadcastQuestion {
    var target: Broadcast
    /// Milliseconds.
    let timeout: Int

    /// The sockets in a room as well; without any room all are meant.
    public func to(_ room: String) -> BroadcastQuestion {
        BroadcastQuestion(target: target.to(room), timeout: timeout)
    }

    /// But not the sockets in a room.
    public func except(_ room: String) -> BroadcastQuestion {
        BroadcastQuestion(target: target.except(room), timeout: timeout)
    }

    /// Sends an event to all sockets that are meant, and waits until all have answered or the
    /// time is over.
    public func emitWithAck<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument, as type: Reply.Type
    ) async -> BroadcastAnswers<Reply> {
        await withCheckedContinuation { continuation in
            emit(event, repeat each arguments) { continuation.resume(returning: $0) }
        }
    }

    /// Sends an event to all sockets that are meant, and calls `done` when all have answered or
    /// the time is over.
    public func emit<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument,
        ack done: @escaping @MainActor (BroadcastAnswers<Reply>) -> Void
    ) {
        let caught = CaughtEvent()
        caught.emit(event, repeat each arguments)
        guard let event = caught.event else { return done(BroadcastAnswers(Gathered())) }
        let collector = AnswerCollector { done(BroadcastAnswers($0)) }
        collector.ask(event, target, timeout)
    }
}

extension BroadcastAnswers where Reply: Decodable {
    /// What was gathered, decoded; an answer that is no `Reply` counts as missing.
    init(_ gathered: Gathered) {
        var (decoded, missing) = ([Socket.ID: Reply](), gathered.missing)
        for (id, arguments) in gathered.replies {
            if let reply = try? arguments.decode(Reply.self, at: 0) {
                decoded[id] = reply
            } else {
                missing.insert(id)
            }
        }
        let anonymous = gathered.anonymous.compactMap { try? $0.decode(Reply.self, at: 0) }
        self.init(
            replies: decoded, anonymousReplies: anonymous, missing: missing,
            anonymousMissing: gathered.anonymousMissing + gathered.anonymous.count
                - anonymous.count,
            silentServers: gathered.silentServers)
    }
}

extension Broadcast {
    /// Asks all sockets that are meant; their answers may take so many milliseconds.
    public func timeout(_ milliseconds: Int) -> BroadcastQuestion {
        BroadcastQuestion(target: self, timeout: milliseconds)
    }
}

extension Namespace {
    /// Asks all sockets; their answers may take so many milliseconds.
    public func timeout(_ milliseconds: Int) -> BroadcastQuestion {
        broadcast.timeout(milliseconds)
    }
}

extension SocketServer {
    /// Asks all sockets in the main namespace; their answers may take so many milliseconds.
    public func timeout(_ milliseconds: Int) -> BroadcastQuestion {
        broadcast.timeout(milliseconds)
    }
}

/// Encodes an event as any other target does, and keeps it.
final class CaughtEvent: EventTarget {
    private(set) var event: OutgoingEvent?
    func deliver(_ event: OutgoingEvent) { self.event = event }
}

/// Sockets of this server that were asked, all under one id: the packet is encoded once.
final class AskedSockets {
    private let id: Int
    private var sockets: [Socket]
    private let timer: LoopTimer?

    init(
        _ sockets: [Socket], _ event: OutgoingEvent, in namespace: Namespace,
        timer: LoopTimer? = nil,
        _ answered: @escaping (Socket.ID, Result<Arguments, AckError>) -> Void
    ) {
        id = namespace.more.broadcastAckID()
        self.sockets = sockets
        self.timer = timer
        let message = OutgoingMessage(event, namespace: namespace.name, ackID: id)
        namespace.more.tellOutgoing(event.arguments, to: sockets)
        for socket in sockets {
            socket.more.pendingAcks.expect(id) { [id = socket.id] in answered(id, $0) }
            socket.send(message)
        }
    }

    /// Their answers are not waited for any longer.
    func stop() {
        timer?.cancel()
        for socket in sockets { _ = socket.kept?.pendingAcks.take(id) }
        sockets = []
    }
}
