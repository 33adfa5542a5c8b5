// How an app ends: what is under way is finished, and what was said has arrived. In: a call, or a
// signal. Out: closed connections.
// Next: Program/Listening.swift, Draining.swift; EngineIO/Session.swift for what a session does at
// its end.

import EngineSockets

extension App {
    /// Milliseconds that `close` waits for connections to end in order.
    package var closeTime: Int {
        get { more.closeTime }
        set { more.closeTime = newValue }
    }

    /// Whether `close` was called.
    var isClosed: Bool { (extras as? AppExtras)?.isClosed == true }

    func mayListen() throws {
        guard !isClosed else {
            throw Problem(
                "the app was closed, and what is served on it has ended: make a new App, and a new "
                    + "SocketServer on it")
        }
    }

    func hearSignals() throws {
        try EventLoop.shared.onShutdownSignal { [self] in
            Task {
                await end()
                exitProcess(0)
            }
        }
    }

    /// Closes in order: no new connections, sessions and WebSockets are told, answers that are
    /// under way go out. Returns when every connection is closed, or after half a second.
    /// A closed app stays closed.
    public func close() async {
        more.isClosed = true
        for listener in listeners { listener.close() }
        listeners = []
        for (_, service) in services { service.shutDown() }
        for webSocket in webSockets.values { webSocket.close(.goingAway) }
        // A client that polls comes for its last packets over the connection that it has.
        await wait(closeTime / 2) { self.services.allSatisfy(\.service.isQuiet) }
        for (_, service) in services { service.stop() }
        for connection in connections.values { connection.shutDown() }
        await wait(closeTime / 2) { self.connections.isEmpty && self.webSockets.isEmpty }
        for connection in connections.values { connection.stream.abort() }
        for webSocket in webSockets.values { webSocket.stream.abort() }
        EventLoop.shared.remove(self)
        await closed()
    }

    /// Waits until something has happened, for so many milliseconds at most.
    func wait(_ milliseconds: Int, until hasHappened: () -> Bool) async {
        let limit = monotonicMilliseconds() &+ milliseconds
        while !hasHappened(), monotonicMilliseconds() < limit {
            await withCheckedContinuation { continuation in
                EventLoop.shared.after(5) { continuation.resume() }
            }
        }
    }
}

extension EngineIOServer {
    /// The app is closing: ends the sessions in order.
    func shutDown() {
        for session in sessions.values { session.close(.serverShuttingDown) }
        opened = nil
        extras = nil
    }

    /// Whether all clients have fetched what was said to them.
    var isQuiet: Bool { sessions.isEmpty }

    /// The time for that is over.
    func stop() {
        for session in sessions.values { session.end(.serverShuttingDown) }
        EventLoop.shared.remove(self)
    }
}
