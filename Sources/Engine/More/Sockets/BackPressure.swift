// A client that sends faster than its handlers end is slowed down: nothing more is read from it
// until they have caught up. In: how full the queues of its sockets are. Out: a WebSocket that is
// not read, a POST that is not answered yet. Next: Sources/Events/More/HandlerQueue.swift.

import EngineIOWire
import EngineSockets
import SocketIOEvents

/// A session whose client has to wait.
final class BackPressure {
    private unowned let session: Session
    /// How many of its sockets have too much waiting.
    private var fullSockets = 0
    private var held: HTTPExchange?

    init(_ session: Session) { self.session = session }

    var isPaused: Bool { fullSockets > 0 }

    func change(_ isFull: Bool) {
        fullSockets += isFull ? 1 : -1
        guard isFull ? fullSockets == 1 : fullSockets == 0 else { return }
        if isFull { pause() } else { resume() }
    }

    func pause() {
        session.webSocket?.stream.pauseReading()
        stayAlive()
    }

    private func resume() {
        session.webSocket?.stream.resumeReading()
        if let post = held.take() { session.server.answer(post, Session.acceptedPost) }
    }

    /// A POST of a client that has to wait is answered later: it sends no other before.
    func holds(_ post: HTTPExchange) -> Bool {
        guard isPaused, session.isOpen else { return false }
        held = post
        return true
    }

    func end() {
        if let post = held.take() { session.server.answer(post, Session.acceptedPost) }
    }

    /// Its pongs are not read meanwhile: it is taken to be there. If its connection breaks, the
    /// system says so.
    private func stayAlive() {
        guard isPaused, session.isOpen else { return }
        session.receive(.pong([]))
        EventLoop.shared.after(max(10, session.server.options.pingTimeout / 2)) { [weak self] in
            self?.stayAlive()
        }
    }
}

extension Session {
    func mayAnswer(_ post: HTTPExchange) -> Bool {
        guard let extras = extras as? SessionExtras else { return true }
        return extras.pressure?.holds(post) != true
    }

    /// One of its sockets has too much waiting, or no longer.
    fileprivate func slowDown(_ isFull: Bool) {
        let pressure = more.pressure ?? BackPressure(self)
        more.pressure = pressure
        pressure.change(isFull)
    }
}

extension Socket: HandlerQueueOwner {
    package func prepare(_ queue: HandlerQueue) {
        let app = client.session.server.app
        queue.counter = app.more.work
        queue.whenFull = { [weak session = client.session] in session?.slowDown($0) }
        if let extras = client.server.kept {
            queue.order = extras.handlerOrder
            queue.mostWaiting = extras.mostWaitingHandlers
        }
        watch(queue)
    }

    /// How many events wait for their turn, where `handlers` is not `.concurrent`.
    public var waitingEvents: Int {
        (listeners.extras as? HandlerQueue)?.waitingCount ?? 0
    }
}

extension SocketServer {
    /// How the async handlers of each socket follow each other, unless `socket.handlers` says
    /// otherwise. To be set before clients come.
    public var handlers: HandlerOrder {
        get { kept?.handlerOrder ?? .concurrent }
        set { more.handlerOrder = newValue }
    }

    /// So many events of one socket may wait for their turn; with more, nothing is read from its
    /// client until half of them are left. To be set before clients come.
    public var mostWaitingEvents: Int {
        get { kept?.mostWaitingHandlers ?? 100 }
        set { more.mostWaitingHandlers = max(1, newValue) }
    }
}
