// How an app begins. In: a port, a host. Out: an app that accepts connections there.
// Next: HTTP/App.swift, Run.swift; More/Ending/Closing.swift for its end.

import EngineSockets

extension App {
    /// Listens on a port; 0 takes any that is free. Without a host: on this machine alone, over
    /// IPv4 and IPv6. `0.0.0.0` is every address of IPv4, `::` every address of both; a name is all
    /// addresses that it has. Returns the port. Throws when the port is taken, the host is unknown,
    /// the folder of the pages is nowhere, or the app was closed.
    @discardableResult
    public func listen(port: Int, host: String? = nil) throws -> Int {
        try mayListen()
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
}
