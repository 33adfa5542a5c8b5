// One namespace on several servers: what is said to the others, and what is done when they say
// something. In: messages of an adapter. Out: the same effect here, once; answers.
// Next: Adapter.swift, Questions.swift (answers), OrderedEvents.swift (offsets), Returns.swift.

import EngineSockets
import SocketIOEvents
import SocketIOWire

/// A namespace's part in a group of servers.
final class Cluster {
    /// Gone when the namespace was forgotten, while answers may still be waited for.
    private(set) weak var extras: NamespaceExtras?
    let name: String
    let adapter: any Adapter
    /// Milliseconds that other servers may take to answer.
    let timeout: Int
    let server = RandomID.next()
    private var count = 0
    private var seen = SeenMessages()
    private var hasToldOfVersions = false
    /// Who waits for the answers to a question.
    var questions: [String: (AdapterMessage) -> Void] = [:]
    /// What sockets here were asked by other servers.
    var asked: [String: AskedSockets] = [:]
    /// Events that wait for their places; see OrderedEvents.swift.
    var order = OrderedEvents()
    /// Sessions that wait to be saved; see Returns.swift.
    var unsaved: [(session: SessionMemory.Departed, milliseconds: Int)] = []
    private(set) var state = AdapterState.opening
    private var isOpen = false
    private var atTheDoor: [() -> Void] = []
    private var isClosed = false
    /// Whether the server closes: what is to be saved is saved now, or never.
    private(set) var isClosing = false

    var namespace: Namespace? { isClosed ? nil : extras?.namespace }

    /// Clients wait for the adapter's `opened` for `patience` milliseconds.
    init(_ extras: NamespaceExtras, _ adapter: any Adapter, timeout: Int, patience: Int) {
        self.extras = extras
        name = extras.namespace.name
        self.adapter = adapter
        self.timeout = timeout
        let duration = extras.memory?.options.maxDisconnectionDuration
        let history = adapter.ordersEvents ? duration : nil
        adapter.open(AdapterNamespace(self, name: name, server: server, history: history))
        guard !isOpen else { return }
        EventLoop.shared.after(patience) { [weak self] in self?.openLate(patience) }
    }

    /// The namespace is forgotten.
    func close() {
        isClosed = true
        adapter.close(namespace: name)
    }

    /// The server closes: its sockets are gone, and the adapter will be closed next.
    func prepareToClose() {
        isClosing = true
        saveWaiting()
    }

    /// The adapter is closed.
    func hasClosed() { report(.closed) }

    // MARK: - The beginning

    func opened() {
        report(.ready)
        openDoor()
    }

    /// Calls `enter` now, or when messages of other servers arrive: a client that came in before
    /// would miss some.
    func whenOpen(_ enter: @escaping () -> Void) {
        if isOpen { enter() } else { atTheDoor.append(enter) }
    }

    private func openLate(_ patience: Int) {
        guard !isOpen, !isClosed else { return }
        if !atTheDoor.isEmpty {
            Log.write(
                "the adapter has not opened the namespace \(name) within \(patience) ms: its "
                    + "clients come in, and don't hear yet what other servers say")
        }
        openDoor()
    }

    private func openDoor() {
        isOpen = true
        let waiting = atTheDoor
        atTheDoor = []
        for enter in waiting { enter() }
    }

    func report(_ state: AdapterState) {
        guard state != self.state, self.state != .closed, !isClosed else { return }
        let wasAway = self.state.isAway
        self.state = state
        // While a broker is tried again and again, only the reason changes.
        if wasAway, state.isAway { return }
        if state == .ready { saveLater() }
        extras?.adapterStateChanged(state)
    }

    /// Whether what is received is history, which no client shall hear.
    private var isHistory: Bool { state == .opening }

    // MARK: - Out

    /// The number of the next message.
    var nextNumber: Int { count + 1 }

    /// Sends an event to sockets of other servers.
    func publish(_ event: OutgoingEvent, to target: Broadcast) {
        publish(.emit(.init(target), .init(event.arguments)))
    }

    /// Tells all other servers, or one. Returns the message's number.
    @discardableResult
    func publish(_ content: AdapterMessage.Content, to recipient: String? = nil) -> Int {
        count += 1
        let message = AdapterMessage(
            server: server, number: count, namespace: name, recipient: recipient,
            content: content)
        // An adapter may deliver within the call: `count` is another one then.
        let number = count
        adapter.publish(message)
        return number
    }

    // MARK: - In

    func receive(_ message: AdapterMessage) {
        guard let namespace, message.namespace == name, message.server != server,
            message.recipient == nil || message.recipient == server, isUnderstood(message),
            seen.isNew(message)
        else { return }
        if case .emit(let target, let packet) = message.content {
            guard let event = packet.event else { return logUnusable(message) }
            return hear(event, target, at: message.offset, in: namespace)
        }
        // What happened before this server was there is over.
        guard !isHistory || message.offset == nil else { return }
        act(on: message, in: namespace)
    }

    private func act(on message: AdapterMessage, in namespace: Namespace) {
        let sender = message.server
        switch message.content {
        case .emit: break
        case .join(let target, let rooms): target.local(in: namespace).socketsJoin(rooms)
        case .leave(let target, let rooms): target.local(in: namespace).socketsLeave(rooms)
        case .disconnect(let target, let close):
            target.local(in: namespace).disconnectSockets(close: close)
        case .fetch(let target, let request):
            let found = target.local(in: namespace).sockets.map { RemoteSocket($0).snapshot }
            publish(.fetched(found, request: request), to: sender)
        case .ask(let target, let packet, let request, let timeout):
            guard let event = packet.event else { return logUnusable(message) }
            askHere(event, target.local(in: namespace), request, timeout, for: sender)
        case .stopAsking(let request): forget(request)
        case .serverSide(let packet, let request): hear(packet, request, from: sender)
        case .release(let pid, let request):
            let wasHere = namespace.more.memory?.release(pid) == true
            publish(.released(wasHere, request: request), to: sender)
        case .asked(_, _, let request), .answered(_, _, let request), .fetched(_, let request),
            .serverSideAnswer(_, let request), .released(_, let request):
            questions[request]?(message)
        }
    }

    /// An event of another server's, with its place if it has one.
    private func hear(
        _ event: OutgoingEvent, _ target: AdapterMessage.Target, at offset: String?,
        in namespace: Namespace
    ) {
        let sockets = target.local(in: namespace)
        guard let offset, let memory = namespace.more.memory else {
            if !isHistory || offset == nil { sockets.deliver(event) }
            return
        }
        let kept =
            target.isVolatile
            ? event
            : memory.keep(event, rooms: target.rooms, except: target.except, offset: offset)
        if !isHistory { sockets.sendNow(kept) }
    }

    private func isUnderstood(_ message: AdapterMessage) -> Bool {
        guard message.version != AdapterMessage.currentVersion else { return true }
        if !hasToldOfVersions {
            hasToldOfVersions = true
            Log.write(
                "another server speaks version \(message.version) of AdapterMessage, this one "
                    + "\(AdapterMessage.currentVersion): its messages are ignored; run the same "
                    + "version of this package on all servers")
        }
        return false
    }

    private func logUnusable(_ message: AdapterMessage) {
        Log.write("another server has sent an event in \(name) that is none; it is ignored")
    }
}

/// Which messages have come already. Those without a server's name or a number are always new.
private struct SeenMessages {
    /// This many messages of a server are remembered, to know those that come twice.
    private static let memory = 4_096
    /// Of this many servers; those that have been silent for longest are forgotten.
    private static let servers = 256

    private var seen: [String: (order: [Int], numbers: Set<Int>, heard: Int)] = [:]

    mutating func isNew(_ message: AdapterMessage) -> Bool {
        guard let server = message.server, let number = message.number else { return true }
        var known = seen[server] ?? ([], [], 0)
        seen[server] = nil  // while it is changed, nothing else holds it: no copy
        defer { seen[server] = known }
        known.heard = EventLoop.shared.now
        if seen.count > Self.servers, let old = seen.min(by: { $0.value.heard < $1.value.heard }) {
            seen[old.key] = nil
        }
        guard known.numbers.insert(number).inserted else { return false }
        known.order.append(number)
        if known.order.count > 2 * Self.memory {
            for number in known.order.prefix(Self.memory) { known.numbers.remove(number) }
            known.order.removeFirst(Self.memory)
        }
        return true
    }
}
