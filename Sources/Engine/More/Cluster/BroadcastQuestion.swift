// `await io.to("room").timeout(1000).emitWithAck("ready?", as: Bool.self)`: an event to many that
// each of them answers. In: sockets, a name, values, a time. Out: the answers, and which are
// missing. Next: SocketIO/Broadcast.swift, Cluster.swift.

import SocketIOEvents
import SocketIOWire
import EngineSockets

/// What the sockets that were asked have answered.
public struct BroadcastAnswers<Reply> {
    /// The answers, by their sockets' ids.
    public let replies: [Socket.ID: Reply]
    /// Sockets that were asked and did not answer in time, have gone, or answered something else.
    public let missing: Set<Socket.ID>
    /// How many other servers did not say in time which sockets they have asked.
    public let silentServers: Int

    /// Whether all sockets have answered.
    public var isComplete: Bool { missing.isEmpty && silentServers == 0 }
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
        ack done: @escaping (BroadcastAnswers<Reply>) -> Void
    ) {
        let caught = CaughtEvent()
        caught.emit(event, repeat each arguments)
        guard let event = caught.event else {
            return done(BroadcastAnswers(replies: [:], missing: [], silentServers: 0))
        }
        let collector = AnswerCollector { replies, missing, silent in
            var decoded: [Socket.ID: Reply] = [:]
            var wrong: Set<Socket.ID> = []
            for (id, arguments) in replies {
                do {
                    decoded[id] = try arguments.decode(Reply.self, at: 0)
                } catch {
                    wrong.insert(id)
                }
            }
            done(
                BroadcastAnswers(
                    replies: decoded, missing: missing.union(wrong), silentServers: silent))
        }
        collector.ask(event, target, timeout)
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

/// Waits for the answers of sockets here and elsewhere. Its own closures hold it until it is done.
private final class AnswerCollector {
    private var open: Set<Socket.ID> = []
    private var missing: Set<Socket.ID> = []
    private var replies: [Socket.ID: Arguments] = [:]
    private var silentServers = 0
    private var heardServers: Set<String> = []
    private var here: AskedSockets?
    private var finished: (() -> Void)?
    private let done: ([Socket.ID: Arguments], Set<Socket.ID>, Int) -> Void

    init(_ done: @escaping ([Socket.ID: Arguments], Set<Socket.ID>, Int) -> Void) {
        self.done = done
    }

    func ask(_ event: OutgoingEvent, _ target: Broadcast, _ timeout: Int) {
        let extras = target.namespace.more
        let request = RandomID.next()
        let cluster = target.isLocal ? nil : extras.cluster
        finished = { [self] in
            here?.stop()
            cluster?.stopAsking(request: request)
            done(replies, missing.union(open), max(0, silentServers))
        }
        silentServers = cluster?.others ?? 0
        let sockets = target.sockets
        open = Set(sockets.map(\.id))
        cluster?.ask(event, target, request: request, timeout: timeout) { [self] in hear($0) }
        here = AskedSockets(sockets, event, in: target.namespace) { [self] id, answer in
            take(id, try? answer.get())
        }
        let timer = EventLoop.shared.after(timeout) { [self] in finish() }
        let finished = finished
        self.finished = {
            EventLoop.shared.cancel(timer)
            finished?()
        }
        finishIfComplete()
    }

    private func hear(_ message: AdapterMessage) {
        switch message.content {
        case .asked(let ids, _):
            guard heardServers.insert(message.server).inserted else { return }
            silentServers -= 1
            // An answer may have overtaken the list.
            open.formUnion(ids.filter { replies[$0] == nil && !missing.contains($0) })
        case .answered(let id, let packet, _):
            return take(id, packet.flatMap { Arguments(acknowledgement: $0.encoded) })
        default: return
        }
        finishIfComplete()
    }

    private func take(_ id: Socket.ID, _ answer: Arguments?) {
        guard replies[id] == nil else { return }
        open.remove(id)
        if let answer { replies[id] = answer } else { missing.insert(id) }
        finishIfComplete()
    }

    private func finishIfComplete() {
        if open.isEmpty, silentServers <= 0 { finish() }
    }

    private func finish() {
        let finished = finished
        self.finished = nil
        finished?()
    }
}

/// Sockets of this server that were asked, all under one id: the packet is encoded once.
final class AskedSockets {
    private let id: Int
    private var sockets: [Socket]
    private let timer: Int?

    init(
        _ sockets: [Socket], _ event: OutgoingEvent, in namespace: Namespace, timer: Int? = nil,
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
        if let timer { EventLoop.shared.cancel(timer) }
        for socket in sockets { _ = socket.kept?.pendingAcks.take(id) }
        sockets = []
    }
}
