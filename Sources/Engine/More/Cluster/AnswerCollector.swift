// Waits for the answers of sockets, here and on other servers. In: a question, answers, the time.
// Out: what has come, and what has not. Next: BroadcastQuestion.swift, Questions.swift.

import EngineSockets
import SocketIOEvents
import SocketIOWire

/// What has come until a question was over.
struct Gathered {
    var replies: [Socket.ID: Arguments] = [:]
    var missing: Set<Socket.ID> = []
    /// Answers of sockets whose servers do not name them.
    var anonymous: [Arguments] = []
    var anonymousMissing = 0
    var silentServers = 0
}

/// Waits for the answers. Its own closures hold it until it is done.
final class AnswerCollector {
    private var open: Set<Socket.ID> = []
    private var gathered = Gathered()
    /// Sockets without names that have not answered yet.
    private var openWithoutNames = 0
    /// Servers that have not named the sockets that they ask yet; nil: not known how many.
    private var silentServers: Int?
    /// Whether it could not be found out how many there are.
    private var isUncounted = false
    private var heardServers: Set<String> = []
    private var heardWithoutNames = 0
    private var here: AskedSockets?
    private var finished: (() -> Void)?
    private let done: (Gathered) -> Void

    init(_ done: @escaping (Gathered) -> Void) { self.done = done }

    func ask(_ event: OutgoingEvent, _ target: Broadcast, _ timeout: Int) {
        let extras = target.namespace.more
        var event = event
        event.isCompressible = target.isCompressible
        let request = RandomID.next()
        let cluster = target.isLocal ? nil : extras.cluster
        let timer = EventLoop.shared.timer(after: timeout) { [self] in finish() }
        finished = { [self] in
            timer.cancel()
            here?.stop()
            cluster?.stopAsking(request: request)
            report()
        }
        let sockets = target.sockets
        open = Set(sockets.map(\.id))
        if let cluster {
            count(cluster)
            cluster.ask(event, target, request: request, timeout: timeout) { [self] in hear($0) }
        } else {
            silentServers = 0
        }
        here = AskedSockets(sockets, event, in: target.namespace) { [self] id, answer in
            take(id, try? answer.get())
        }
        finishIfComplete()
    }

    /// How many servers will name the sockets that they ask.
    private func count(_ cluster: Cluster) {
        Task { [self] in
            let heard = heardServers.count + heardWithoutNames
            if let others = try? await cluster.others() {
                silentServers = others - heardServers.count - heardWithoutNames
            } else {
                // Nothing is to be waited for where no question arrives.
                (silentServers, isUncounted) = (0, heardServers.count + heardWithoutNames == heard)
            }
            finishIfComplete()
        }
    }

    private func report() {
        gathered.missing.formUnion(open)
        gathered.anonymousMissing += max(0, openWithoutNames)
        gathered.silentServers = max(isUncounted ? 1 : 0, silentServers ?? 1)
        done(gathered)
    }

    private func hear(_ message: AdapterMessage) {
        switch message.content {
        case .asked(let count, let ids, _):
            if let server = message.server {
                guard heardServers.insert(server).inserted else { return }
            } else {
                heardWithoutNames += 1
            }
            if let silent = silentServers { silentServers = silent - 1 }
            guard let ids else {
                openWithoutNames += count
                break
            }
            // An answer may have overtaken the list.
            open.formUnion(
                ids.filter { gathered.replies[$0] == nil && !gathered.missing.contains($0) })
        case .answered(let id, let packet, _):
            let answer = packet.flatMap { Arguments(acknowledgement: $0.encoded) }
            guard let id else { return takeWithoutName(answer) }
            return take(id, answer)
        case .emit, .ask, .stopAsking, .join, .leave, .disconnect, .fetch, .fetched, .serverSide,
            .serverSideAnswer, .release, .released:
            return
        }
        finishIfComplete()
    }

    private func takeWithoutName(_ answer: Arguments?) {
        openWithoutNames -= 1
        if let answer { gathered.anonymous.append(answer) } else { gathered.anonymousMissing += 1 }
        finishIfComplete()
    }

    private func take(_ id: Socket.ID, _ answer: Arguments?) {
        guard gathered.replies[id] == nil else { return }
        open.remove(id)
        if let answer { gathered.replies[id] = answer } else { gathered.missing.insert(id) }
        finishIfComplete()
    }

    private func finishIfComplete() {
        guard open.isEmpty, openWithoutNames <= 0, let silentServers else { return }
        if silentServers <= 0 { finish() }
    }

    private func finish() {
        let finished = finished
        self.finished = nil
        finished?()
    }
}
