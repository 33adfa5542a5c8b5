// Ports and addresses. In: a port, a host. Out: an app that accepts connections there.
// Next: App.swift, Run.swift.

import Sockets

extension App {
    /// The port it listens on; nil before `listen`.
    public var port: Int? { listeners.first?.address.port }

    /// Listens on a port; 0 takes any that is free. Without a host: on this machine alone, over
    /// IPv4 and IPv6. Returns the port. Throws when the port is taken, the host is unknown, or the
    /// folder of the pages is nowhere.
    @discardableResult
    public func listen(port: Int, host: String? = nil) throws -> Int {
        try openPages()
        raiseDescriptorLimit()
        if let host {
            let addresses = try SocketAddress.resolve(host, port: port)
            guard let address = addresses.first else { throw UnknownHost(host: host) }
            let listener = try TCPListener(on: address) { [weak self] in self?.accepted($0) }
            listeners.append(listener)
            return listener.address.port
        }
        return try listenLocally(port: port)
    }

    /// A browser may take `localhost` for 127.0.0.1 or for ::1: both have to be the same server.
    private func listenLocally(port: Int) throws -> Int {
        let v4 = try SocketAddress.resolve("127.0.0.1", port: port)
        let v6 = try SocketAddress.resolve("::1", port: port)
        // A free port of the one may be taken in the other; then the next one is tried.
        for attempt in 1...10 {
            let opened = try v4.map { address in
                try TCPListener(on: address) { [weak self] in self?.accepted($0) }
            }
            let chosen = opened.first?.address.port ?? port
            do {
                for address in v6 {
                    let same = address.with(port: chosen)
                    listeners.append(
                        try TCPListener(on: same) { [weak self] in self?.accepted($0) })
                }
            } catch let error as SystemError where error.isAddressUnavailable {
                // A machine without IPv6.
            } catch {
                for listener in opened { listener.close() }
                guard port == 0, attempt < 10 else { throw error }
                continue
            }
            listeners.insert(contentsOf: opened, at: 0)
            return chosen
        }
        return port
    }
}
