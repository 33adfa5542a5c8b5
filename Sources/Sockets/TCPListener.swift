// Listens on one address and hands over what connects.
// In: an address. Out: connected streams. Next: TCPStream.swift.

import Foundation

/// A listening TCP socket.
package final class TCPListener: DescriptorWatcher {
    /// So many connections are taken in one turn; the others wait for the next one, so that a
    /// rush of newcomers does not keep the connections waiting that are there already.
    private static let connectionsPerTurn = 64

    /// Where it listens, with the port that the system chose for port 0.
    package let address: SocketAddress
    let descriptor: Int32
    private let accepted: (TCPStream) -> Void
    private(set) var isOpen = true

    /// Takes over a descriptor that listens.
    package init(
        descriptor: Int32, address: SocketAddress, accepted: @escaping (TCPStream) -> Void
    ) throws {
        self.descriptor = descriptor
        self.address = address
        self.accepted = accepted
        try EventLoop.shared.watch(descriptor, for: .read, self)
    }

    /// Binds and listens. Throws `SystemError`; `isAddressInUse` when another program has the port.
    package convenience init(
        on wanted: SocketAddress, options: [Int32] = [], accepted: @escaping (TCPStream) -> Void
    ) throws {
        // Made before the calls: to make it would change errno.
        let attempt = "listen on \(wanted.host) port \(wanted.port)"
        let descriptor = try makeSocket(isIPv6: wanted.isIPv6)
        // A server that is started again gets its port back at once.
        for option in [SO_REUSEADDR] + options { setOption(descriptor, SOL_SOCKET, option) }
        // `::` means every address, those of IPv4 included; any other means itself.
        if wanted.isIPv6 {
            let isAlone = wanted.host.contains(":") && !wanted.isWildcard
            setOption(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, to: isAlone)
        }
        // Small packets leave at once: we gather them ourselves, once per turn.
        setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
        do {
            // The system cuts the backlog to the largest that it allows.
            guard wanted.withSockaddr({ bind(descriptor, $0, $1) }) == 0,
                listen(descriptor, Int32.max) == 0
            else { throw SystemError(attempt) }
            // Tells the port that the system chose.
            let address = SocketAddress { getsockname(descriptor, $0, &$1) } ?? wanted
            try self.init(descriptor: descriptor, address: address, accepted: accepted)
        } catch {
            systemClose(descriptor)
            throw error
        }
    }

    package func ready(_ readiness: Readiness) {
        for _ in 0..<Self.connectionsPerTurn {
            guard isOpen else { return }
            guard let (descriptor, peer) = acceptConnection(self.descriptor) else {
                return acceptedNone(code: errno)
            }
            do {
                accepted(try TCPStream(descriptor: descriptor, peer: peer))
            } catch {
                systemClose(descriptor)
            }
        }
    }

    /// Stops listening; connections that are open stay so.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        EventLoop.shared.forget(descriptor)
        systemClose(descriptor)
    }
}

/// The hooks of a listener.
protocol ListenerHooks {}
extension TCPListener: ListenerHooks {}
extension ListenerHooks {
    /// No connection waits, or the system could not accept it; see More/Newcomers.swift.
    func acceptedNone(code: Int32) {}
}
