// One namespace on several servers: what is said to the others, and what is done when they say
// something. In: messages of an adapter. Out: the same effect here, once; answers; and which
// servers did not answer in time. Next: Adapter.swift, BroadcastQuestion.swift.

import SocketIOEvents
import SocketIOWire
import EngineSockets

/// A namespace's part in a group of servers.
final class Cluster {
    /// This many messages of a server are remembered, to know those that come twice.
    private static let memory = 4_096
    /// Of this many servers; those that have been silent for longest are forgotten.
    private static let servers = 256

    /// Gone when the namespace was forgotten, while answers may still be waited for.
    private weak var extras: NamespaceExtras?
    private let name: String
    private let adapter: any Adapter
    /// Milliseconds that other servers may take to answer.
    private let timeout: Int
    private let server = RandomID.next()
    private var count = 0
    private var seen: [String: (order: [Int], numbers: Set<Int>, heard: Int)] = [:]
    private var questions: [String: (AdapterMessage) -> Void] = [:]
    /// What sockets here were asked by other servers.
    private var asked: [String: AskedSockets] = [:]

    init(_ extras: NamespaceExtras, _ adapter: any Adapter, timeout: Int) {
        self.extras = extras
        name = extras.namespace.name
        self.adapter = adapter
        self.timeout = timeout
        adapter.open(namespace: name) { [weak self] in self?.receive($0) }
    }

    /// The namespace is forgotten.
    func close() { adapter.close(namespace: name) }

    // MARK: - Out

    /// Sends an event to sockets of other servers.
    func publish(_ event: OutgoingEvent, to target: Broadcast) {
        publish(.emit(.init(target), .init(event.arguments)))
    }

    /// Tells all other servers, or one.
    func publish(_ content: AdapterMessage.Content, to recipient: String? = nil) {
        count += 1
        adapter.publish(
            AdapterMessage(
                server: server, number: count, namespace: name, recipient: recipient,
                content: content))
    }

    /// The other servers' sockets.
    func fetch(_ target: Broadcast) async throws -> [RemoteSocket] {
        let replies = try await gather { .fetch(.init(target), request: $0) }
        var known: Set<String> = []
        return replies.flatMap { message -> [RemoteSocket] in
            guard case .fetched(let snapshots, _) = message.content else { return [] }
            return snapshots.filter { known.insert($0.id).inserted }.map {
                RemoteSocket($0, target.namespace)
            }
        }
    }

    /// Asks the other servers; what each of them answers.
    func askServers(_ event: OutgoingEvent) async throws -> [EncodedArguments] {
        let packet = AdapterMessage.Packet(event.arguments)
        return try await gather { .serverSide(packet, request: $0) }.compactMap {
            guard case .serverSideAnswer(let packet, _) = $0.content else { return nil }
            return packet.encoded
        }
    }

    /// Asks, and waits until each of the other servers has answered once.
    private func gather(
        _ question: (String) -> AdapterMessage.Content
    ) async throws -> [AdapterMessage] {
        let expected = adapter.serverCount - 1
        guard expected > 0 else { return [] }
        let request = RandomID.next()
        var answers: [String: AdapterMessage] = [:]
        var timer = 0
        await withCheckedContinuation { continuation in
            var waiting: CheckedContinuation<Void, Never>? = continuation
            let finish = {
                waiting?.resume()
                waiting = nil
            }
            questions[request] = { message in
                answers[message.server] = message
                if answers.count >= expected { finish() }
            }
            timer = EventLoop.shared.after(timeout, finish)
            publish(question(request))
        }
        EventLoop.shared.cancel(timer)
        questions[request] = nil
        guard answers.count >= expected else {
            throw AdapterError.timedOut(answered: answers.count, of: expected)
        }
        return Array(answers.values)
    }

    // MARK: - Broadcasts that are answered

    /// How many servers will say which sockets they have asked.
    var others: Int { adapter.serverCount - 1 }

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

    // MARK: - In

    private func receive(_ message: AdapterMessage) {
        guard let extras, message.server != server, message.namespace == name,
            message.recipient == nil || message.recipient == server, isNew(message)
        else { return }
        let namespace = extras.namespace
        let sender = message.server
        switch message.content {
        case .emit(let target, let packet):
            guard let event = packet.event else { break }
            target.local(in: namespace).deliver(event)
        case .join(let target, let rooms): target.local(in: namespace).socketsJoin(rooms)
        case .leave(let target, let rooms): target.local(in: namespace).socketsLeave(rooms)
        case .disconnect(let target, let close):
            target.local(in: namespace).disconnectSockets(close: close)
        case .fetch(let target, let request):
            let found = target.local(in: namespace).sockets.map { RemoteSocket($0).snapshot }
            publish(.fetched(found, request: request), to: sender)
        case .ask(let target, let packet, let request, let timeout):
            guard let event = packet.event else { break }
            askHere(event, target.local(in: namespace), request, timeout, for: sender)
        case .stopAsking(let request): forget(request)
        case .serverSide(let packet, let request):
            hear(packet, request, from: sender, extras.serverSide)
        case .asked(_, let request), .answered(_, _, let request), .fetched(_, let request),
            .serverSideAnswer(_, let request):
            questions[request]?(message)
        }
    }

    private func isNew(_ message: AdapterMessage) -> Bool {
        var known = seen[message.server] ?? ([], [], 0)
        seen[message.server] = nil  // while it is changed, nothing else holds it: no copy
        defer { seen[message.server] = known }
        known.heard = EventLoop.shared.now
        if seen.count > Self.servers, let old = seen.min(by: { $0.value.heard < $1.value.heard }) {
            seen[old.key] = nil
        }
        guard known.numbers.insert(message.number).inserted else { return false }
        known.order.append(message.number)
        if known.order.count > 2 * Self.memory {
            for number in known.order.prefix(Self.memory) { known.numbers.remove(number) }
            known.order.removeFirst(Self.memory)
        }
        return true
    }

    private func askHere(
        _ event: OutgoingEvent, _ target: Broadcast, _ request: String, _ timeout: Int,
        for sender: String
    ) {
        let sockets = target.sockets
        // Kept until all have answered, or the asker waits no longer; that word may get lost.
        let timer = EventLoop.shared.after(timeout) { [weak self] in self?.forget(request) }
        var open = sockets.count
        asked[request] = AskedSockets(
            sockets, event, in: target.namespace, timer: timer
        ) { [weak self] id, answer in
            let packet = (try? answer.get()).map { AdapterMessage.Packet($0.encoded) }
            self?.publish(.answered(id, packet, request: request), to: sender)
            open -= 1
            if open == 0 { self?.forget(request) }
        }
        publish(.asked(sockets.map(\.id), request: request), to: sender)
        if sockets.isEmpty { forget(request) }
    }

    private func forget(_ request: String) { asked.removeValue(forKey: request)?.stop() }

    private func hear(
        _ packet: AdapterMessage.Packet, _ request: String?, from sender: String,
        _ events: ServerSideEvents
    ) {
        guard let arguments = Arguments(event: packet.encoded) else { return }
        let answer = request.map { request in
            ServerAnswer { [weak self] reply in
                self?.publish(.serverSideAnswer(.init(reply), request: request), to: sender)
            }
        }
        events.hear(arguments, Ack(answer, id: answer == nil ? nil : 0))
    }
}

/// An answer that goes to a server.
private final class ServerAnswer: AckSender {
    private let send: (EncodedArguments) -> Void
    init(_ send: @escaping (EncodedArguments) -> Void) { self.send = send }
    func sendAck(_ id: Int, _ arguments: EncodedArguments) { send(arguments) }
}
