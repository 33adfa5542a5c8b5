// Who watches a server: a program's metrics, traces, alarms. In: what happens. Out: calls of
// observers. While there are none, nothing is counted and nothing is made for them.
// Next: Metrics.swift, which is one; SocketIO/SocketIOHooks.swift and
// Sources/Events/More/HandlerQueue.swift, which call.

import EngineIOWire
import EngineSockets
import HTTPWire
import SocketIOEvents

/// Why a request or a connection was refused.
public nonisolated enum Refusal: String, Sendable, CaseIterable {
    /// A connection over `App.connectionLimits`.
    case connectionLimit = "connection_limit"
    /// A session over `ConnectionLimits`: too many from one address.
    case sessionLimit = "session_limit"
    /// A request for a host that is not this server's: `App.allowedHosts`.
    case host
    /// A page of another site, or `allowRequest`, or a middleware of `io.engine`.
    case forbidden
    /// A request that Engine.IO does not understand, or of a session that is not known.
    case badRequest = "bad_request"
    /// A middleware of a namespace.
    case middleware
}

/// Sees what a server does. All methods have an empty default; they are called on the main actor,
/// in the middle of the work, and have to be quick.
@MainActor public protocol ServerObserver: AnyObject {
    /// A socket has joined a namespace, and its connection handlers have run.
    func connected(_ socket: Socket)
    /// A socket leaves. `detail` is what the log has said of its connection, if anything: the real
    /// reason behind "transport error".
    func disconnected(_ socket: Socket, _ reason: DisconnectReason, detail: String?)
    /// An event has come, and its handlers are about to run.
    func eventBegan(_ event: String, _ socket: Socket)
    /// All handlers of an event have ended, those with awaits too, after `time`.
    func eventEnded(_ event: String, _ socket: Socket, time: Duration, failed: Bool)
    /// A client has not taken what was sent to it, and was disconnected.
    func cutOff(_ address: String)
    /// A connection, a request or a socket was not let in.
    func refused(_ refusal: Refusal, _ address: String)
    /// Once a second: sizes and sums, and by how much the loop was late.
    func measured(_ figures: ServerFigures, loopLag: Duration)
}

extension ServerObserver {
    public func connected(_ socket: Socket) {}
    public func disconnected(_ socket: Socket, _ reason: DisconnectReason, detail: String?) {}
    public func eventBegan(_ event: String, _ socket: Socket) {}
    public func eventEnded(_ event: String, _ socket: Socket, time: Duration, failed: Bool) {}
    public func cutOff(_ address: String) {}
    public func refused(_ refusal: Refusal, _ address: String) {}
    public func measured(_ figures: ServerFigures, loopLag: Duration) {}
}

/// The observers of an app.
final class Observers {
    private static let interval = 1_000

    private weak var app: App?
    private var list: [any ServerObserver] = []
    private var due = 0

    init(_ app: App) { self.app = app }

    func add(_ observer: any ServerObserver) {
        list.append(observer)
        if list.count == 1 { measureLater() }
    }

    func remove(_ observer: any ServerObserver) { list.removeAll { $0 === observer } }

    var isEmpty: Bool { list.isEmpty }

    func tell(_ call: (any ServerObserver) -> Void) {
        for observer in list { call(observer) }
    }

    /// The lag of the loop is how late a timer is.
    private func measureLater() {
        due = monotonicMilliseconds() &+ Self.interval
        EventLoop.shared.after(Self.interval) { [weak self] in
            guard let self, !list.isEmpty, let app, !app.isClosed else { return }
            let lag = Duration.milliseconds(max(0, monotonicMilliseconds() &- due))
            let figures = app.figures
            tell { $0.measured(figures, loopLag: lag) }
            measureLater()
        }
    }
}

/// Watches over the handlers of one socket: for observers, and for `onHandlerError`.
final class SocketWatcher: HandlerWatcher {
    private final class Run {
        let event: String
        let socket: Socket
        let start = ContinuousClock.now
        init(_ event: String, _ socket: Socket) { (self.event, self.socket) = (event, socket) }
    }

    private weak var socket: Socket?
    /// An async handler may end when the whole server is gone.
    private weak var app: App?

    init(_ socket: Socket) {
        self.socket = socket
        app = socket.client.session.server.app
    }

    func began(_ event: String) -> AnyObject? {
        guard let observers = app?.observers, let socket else { return nil }
        observers.tell { $0.eventBegan(event, socket) }
        return Run(event, socket)
    }

    func ended(_ run: AnyObject, failed: Bool) {
        guard let run = run as? Run, let observers = app?.observers else { return }
        let time = ContinuousClock.now - run.start
        observers.tell { $0.eventEnded(run.event, run.socket, time: time, failed: failed) }
    }

    func failed(_ event: String, _ error: any Error, _ ack: Ack) {
        guard app != nil, let socket else {
            return Log.write(Listeners.sentence(event, error))
        }
        socket.handlerFailed(event, error, ack)
    }
}

extension App {
    /// Lets an observer see what this app and its Socket.IO servers do, from now on. It is held
    /// until `removeObserver`.
    public func observe(with observer: any ServerObserver) {
        let observers = more.observers ?? Observers(self)
        more.observers = observers
        observers.add(observer)
        for socket in allSockets { socket.watch(socket.handlerQueue) }
    }

    /// The observer sees no more.
    public func removeObserver(_ observer: any ServerObserver) {
        more.observers?.remove(observer)
        if more.observers?.isEmpty == true { more.observers = nil }
    }

    /// Those that observe; nil: none.
    var observers: Observers? { (extras as? AppExtras)?.observers }

    /// The sockets of all servers on this app.
    var allSockets: [Socket] {
        services.flatMap { $0.service.sessions.values }
            .flatMap { ($0.delegate as? Client)?.sockets ?? [] }
    }
}

extension Socket {
    var observers: Observers? { client.session.server.app.observers }

    /// Whether something wants to see its handlers run; then it is told of them.
    func watch(_ queue: HandlerQueue) {
        guard observers != nil || client.server.kept?.errorHandlers.isEmpty == false else { return }
        let watcher = more.watcher ?? SocketWatcher(self)
        more.watcher = watcher
        queue.watcher = watcher
    }

    /// It is in: from here on its events are seen.
    func beginObserving() {
        guard observers != nil || client.server.kept?.errorHandlers.isEmpty == false else { return }
        watch(handlerQueue)
    }
}
