// What servers ask each other, and the answers. In: questions of this server's, and of others. Out:
// answers, as far as they come in time; sockets here that are asked for another server.
// Next: Cluster.swift, BroadcastQuestion.swift, ServerSideEvents.swift.

import EngineSockets
import SocketIOEvents
import SocketIOWire

/// The sockets that were found, and whether all servers have said theirs.
public struct FoundSockets {
    /// Those of this server, and of the others that have answered.
    public let sockets: [RemoteSocket]
    /// Why some may be missing; nil: none is.
    public let problem: AdapterError?

    /// Whether all servers have answered.
    public var isComplete: Bool { problem == nil }
}

extension Cluster {
    /// How many other servers there are.
    func others() async throws(AdapterError) -> Int {
        do {
            return max(0, try await adapter.serverCount(in: name) - 1)
        } catch {
            throw .unavailable("\(error)")
        }
    }

    /// The other servers' sockets, each once, and what is missing.
    func fetch(_ target: Broadcast) async -> (found: [RemoteSocket], problem: AdapterError?) {
        let (replies, problem) = await gather { .fetch(.init(target), request: $0) }
        var known: Set<String> = []
        let found = replies.flatMap { message -> [RemoteSocket] in
            guard case .fetched(let snapshots, _) = message.content else { return [] }
            return snapshots.filter { known.insert($0.id).inserted }.map {
                RemoteSocket($0, target.namespace)
            }
        }
        return (found, problem)
    }

    /// Asks the other servers; what each of them answers.
    func askServers(_ event: OutgoingEvent) async throws(AdapterError) -> [EncodedArguments] {
        let packet = AdapterMessage.Packet(event.arguments)
        let (answers, problem) = await gather { .serverSide(packet, request: $0) }
        if let problem { throw problem }
        return answers.compactMap {
            guard case .serverSideAnswer(let packet, _) = $0.content else { return nil }
            return packet.encoded
        }
    }

    /// Asks, and waits until each of the other servers has answered once, or one has said what
    /// `isEnough` wants.
    func gather(
        within milliseconds: Int? = nil,
        until isEnough: @escaping (AdapterMessage) -> Bool = { _ in false },
        _ question: (String) -> AdapterMessage.Content
    ) async -> (answers: [AdapterMessage], problem: AdapterError?) {
        let expected: Int
        do { expected = try await others() } catch { return ([], error) }
        guard expected > 0 else { return ([], nil) }
        let request = RandomID.next()
        var answers: [AdapterMessage] = []
        var isDone = false
        var timer: LoopTimer?
        await withCheckedContinuation { continuation in
            var waiting: CheckedContinuation<Void, Never>? = continuation
            let finish = {
                waiting?.resume()
                waiting = nil
            }
            questions[request] = { message in
                // Where servers are nameless, each of them answers once.
                let server = message.server
                guard server == nil || !answers.contains(where: { $0.server == server }) else {
                    return
                }
                answers.append(message)
                isDone = isDone || answers.count >= expected || isEnough(message)
                if isDone { finish() }
            }
            timer = EventLoop.shared.timer(after: milliseconds ?? timeout, finish)
            publish(question(request))
        }
        timer?.cancel()
        questions[request] = nil
        guard !isDone else { return (answers, nil) }
        return (answers, .timedOut(answered: answers.count, of: expected))
    }

    // MARK: - Broadcasts that are answered

    /// Asks the sockets of other servers. `heard` is called with their servers' messages until
    /// `stopAsking`.
    func ask(
        _ event: OutgoingEvent, _ target: Broadcast, request: String, timeout: Int,
        _ heard: @escaping (AdapterMessage) -> Void
    ) {
        questions[request] = heard
        publish(.ask(.init(target), .init(event.arguments), request: request, timeout: timeout))
    }

    /// The answers have come, or their time is over.
    func stopAsking(request: String) {
        if questions.removeValue(forKey: request) != nil { publish(.stopAsking(request: request)) }
    }

    /// Another server asks sockets here.
    func askHere(
        _ event: OutgoingEvent, _ target: Broadcast, _ request: String, _ timeout: Int,
        for sender: String?
    ) {
        let sockets = target.sockets
        // Kept until all have answered, or the asker waits no longer; that word may get lost.
        let timer = EventLoop.shared.timer(after: timeout) { [weak self] in
            self?.forget(request)
        }
        var open = sockets.count
        asked[request] = AskedSockets(
            sockets, event, in: target.namespace, timer: timer
        ) { [weak self] id, answer in
            let packet = (try? answer.get()).map { AdapterMessage.Packet($0.encoded) }
            self?.publish(.answered(id, packet, request: request), to: sender)
            open -= 1
            if open == 0 { self?.forget(request) }
        }
        let ids = sockets.map(\.id)
        publish(.asked(count: ids.count, ids: ids, request: request), to: sender)
        if sockets.isEmpty { forget(request) }
    }

    func forget(_ request: String) { asked.removeValue(forKey: request)?.stop() }

    // MARK: - Events for servers

    func hear(_ packet: AdapterMessage.Packet, _ request: String?, from sender: String?) {
        guard let arguments = Arguments(event: packet.encoded) else { return }
        let answer = request.map { request in
            ServerAnswer { [weak self] reply in
                self?.publish(.serverSideAnswer(.init(reply), request: request), to: sender)
            }
        }
        extras?.serverSide.hear(arguments, PendingAnswer(answer, id: answer == nil ? nil : 0))
    }
}

/// An answer that goes to a server.
private final class ServerAnswer: AckSender {
    private let send: (EncodedArguments) -> Void
    init(_ send: @escaping (EncodedArguments) -> Void) { self.send = send }
    func sendAck(_ id: Int, _ arguments: EncodedArguments) { send(arguments) }
}
