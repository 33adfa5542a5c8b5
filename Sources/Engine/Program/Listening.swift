// How an app begins and ends. In: a port, a host. Out: an app that accepts connections there; at
// its end closed connections, when what is under way is finished and what was said has arrived.
// Next: HTTP/App.swift, Run.swift; EngineIO/Session.swift for what a session does at its end.

import EngineSockets

extension App {
    /// The port it listens on, 0 at a path; nil before `listen`.
    public var port: Int? { listeners.first?.address.port }

    /// Listens on a port; 0 takes any that is free. Without a host: on this machine alone, over
    /// IPv4 and IPv6. `0.0.0.0` is every address of IPv4, `::` every address of both; a name is all
    /// addresses that it has. Returns the port. Throws when the port is taken, the host is unknown,
    /// the folder of the pages is nowhere, or the app was closed.
    @discardableResult
    public func listen(port: Int, host: String? = nil) throws -> Int {
        guard !isClosed else {
            throw Problem(
                "the app was closed, and what is served on it has ended: make a new App, and a new "
                    + "SocketServer on it")
        }
        try openPages()
        raiseDescriptorLimit()
        // A browser may take `localhost` for 127.0.0.1 or for ::1: both have to be the same server.
        let hosts = host.map { [$0] } ?? ["127.0.0.1", "::1"]
        let addresses = try hosts.flatMap { try SocketAddress.resolve($0, port: port) }
        // A free port of the one may be taken in the other; then the next one is tried.
        let opened = try open(addresses, attempts: port == 0 ? 10 : 1)
        listeners += opened
        hasOpened(by: host)
        return opened.first?.address.port ?? port
    }

    /// Listens on all of these addresses that the machine has, at one port.
    private func open(_ addresses: [SocketAddress], attempts: Int) throws -> [TCPListener] {
        var opened: [TCPListener] = []
        var unavailable: SystemError?
        for address in addresses {
            let same = opened.first.map { address.with(port: $0.address.port) } ?? address
            do {
                opened.append(try TCPListener(on: same) { [weak self] in self?.accepted($0) })
            } catch let error as SystemError where error.isAddressUnavailable {
                // A machine without IPv6.
                unavailable = error
            } catch {
                for listener in opened { listener.close() }
                guard attempts > 1, (error as? SystemError)?.isAddressInUse == true else {
                    throw error
                }
                return try open(addresses, attempts: attempts - 1)
            }
        }
        if opened.isEmpty, let unavailable { throw unavailable }
        return opened
    }

    /// Closes in order: no new connections, sessions and WebSockets are told, answers that are
    /// under way go out. Returns when every connection is closed, or after half a second.
    /// A closed app stays closed.
    public func close() async {
        isClosed = true
        for listener in listeners { listener.close() }
        listeners = []
        for (_, service) in services { service.shutDown() }
        for webSocket in webSockets.values { webSocket.close(.goingAway) }
        // A client that polls comes for its last packets over the connection that it has.
        await wait(closeTime / 2) { self.services.allSatisfy(\.service.sessions.isEmpty) }
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
