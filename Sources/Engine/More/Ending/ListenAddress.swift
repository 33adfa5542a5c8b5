// Where an app listens, beyond a host and a port: all interfaces, a path, what systemd or an
// earlier process has opened; several processes at one port. In: an address. Out: listeners. Next:
// Program/Listening.swift; Sources/Sockets/More/MoreListeners.swift.

import EngineSockets
import Foundation

/// A place where an app listens.
public nonisolated enum ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// This machine alone, over IPv4 and IPv6; 0 is any port that is free.
    case loopback(port: Int)
    /// Every address of this machine, over IPv4 and, where there is one, IPv6.
    case allInterfaces(port: Int)
    /// An address of this machine, or a name that has some.
    case host(String, port: Int)
    /// A path in the file system, for a proxy on this machine; `mode` are the rights of the file.
    /// Its clients have the address `localhost`.
    case unixSocket(path: String, mode: UInt16 = 0o660)
    /// A socket that listens already, and was handed over by the program that has started this one.
    case descriptor(Int32)
    /// All sockets that systemd hands over (`LISTEN_FDS`).
    case systemd

    /// As one would say it.
    public var description: String {
        switch self {
        case .loopback(let port): "http://localhost:\(port)"
        case .allInterfaces(let port): "http://0.0.0.0:\(port)"
        case .host(let host, let port): "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        case .unixSocket(let path, _): path
        case .descriptor(let number): "descriptor \(number)"
        case .systemd: "the sockets of systemd"
        }
    }
}

extension App {
    /// The port it listens on, 0 at a path; nil before `listen`.
    public var port: Int? { listeners.first?.address.port }

    /// Listens at an address, beside those where it listens already. With `sharesPort` several
    /// processes may listen at one port, and the system spreads new connections over them
    /// (SO_REUSEPORT). Returns the port, 0 where there is none. Throws what `listen(port:)` throws.
    @discardableResult
    public func listen(on address: ListenAddress, sharesPort: Bool = false) throws -> Int {
        switch address {
        case .loopback(let port) where !sharesPort: return try listen(port: port)
        case .host(let host, let port) where !sharesPort: return try listen(port: port, host: host)
        case .loopback(let port): return try share(["127.0.0.1", "::1"], port)
        case .host(let host, let port): return try share([host], port)
        case .allInterfaces(let port):
            // `::` takes IPv4 in as well; a machine without IPv6 has no such address.
            let hosts = ["::", "0.0.0.0"]
            for host in hosts.dropLast() {
                do {
                    return try sharesPort ? share([host], port) : listen(port: port, host: host)
                } catch let error as SystemError where error.isAddressUnavailable {}
            }
            return try sharesPort
                ? share(hosts.suffix(1), port) : listen(port: port, host: hosts[1])
        case .unixSocket(let path, let mode):
            try prepareListening()
            try take(TCPListener.unix(path: path, mode: mode) { [weak self] in self?.accepted($0) })
            let file = SocketFile(path)
            more.whenClosed.append { file?.remove() }
            return 0
        case .descriptor(let number):
            try prepareListening()
            return try take(TCPListener.inherited(number) { [weak self] in self?.accepted($0) })
        case .systemd:
            let numbers = try inheritedDescriptors()
            return try numbers.map { try listen(on: .descriptor($0)) }.first ?? 0
        }
    }

    private func share(_ hosts: [String], _ port: Int) throws -> Int {
        try prepareListening()
        var port = port
        var opened: [TCPListener] = []
        do {
            for address in try hosts.flatMap({ try SocketAddress.resolve($0, port: port) }) {
                let listener = try TCPListener(
                    on: address.with(port: port), options: [TCPListener.sharesPort]
                ) { [weak self] in self?.accepted($0) }
                opened.append(listener)
                port = listener.address.port
            }
        } catch {
            for listener in opened { listener.close() }
            throw error
        }
        for listener in opened { try take(listener) }
        return port
    }

    private func prepareListening() throws {
        guard !isClosed else {
            throw Problem("the app was closed: make a new App, and a new SocketServer on it")
        }
        try openPages()
        raiseDescriptorLimit()
    }

    @discardableResult
    private func take(_ listener: TCPListener) throws -> Int {
        listeners.append(listener)
        hasOpened(by: nil)
        return listener.address.port
    }

    /// Its environment is that of sd_listen_fds(3).
    private func inheritedDescriptors() throws -> Range<Int32> {
        let environment = ProcessInfo.processInfo.environment
        guard environment["LISTEN_PID"].flatMap({ Int32($0) }) == processNumber,
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), count > 0
        else {
            throw Problem(
                "systemd has handed over no socket: the service needs a .socket unit of its name, "
                    + "and has to be started by it (LISTEN_FDS, LISTEN_PID)")
        }
        return 3..<(3 + min(count, 1_000))
    }
}
