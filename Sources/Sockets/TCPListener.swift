// Listens on one address and hands over what connects.
// In: an address. Out: connected streams. Next: TCPStream.swift.

import Foundation

/// A listening TCP socket.
package final class TCPListener: DescriptorWatcher {
    /// So many connections are taken in one turn; the others wait for the next one, so that a
    /// rush of newcomers does not keep the connections waiting that are there already.
    private static let connectionsPerTurn = 64

    /// So long (milliseconds) nothing is accepted after the process ran out of descriptors.
    private static let pauseTime = 100
    /// When the log may be told of that again: once a minute.
    private var nextLine = 0

    /// Where it listens, with the port that the system chose for port 0.
    package let address: SocketAddress
    private let descriptor: Int32
    private let accepted: (TCPStream) -> Void
    private var isOpen = true

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
                let code = errno
                if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) { pause() }
                return
            }
            do {
                accepted(try TCPStream(descriptor: descriptor, peer: peer))
            } catch {
                systemClose(descriptor)
            }
        }
    }

    /// Out of descriptors: the waiting connection would be reported again in every turn.
    private func pause() {
        if EventLoop.shared.now >= nextLine {
            nextLine = EventLoop.shared.now &+ 60_000
            Log.write("newcomers wait: no descriptor or no memory is left for them (see ulimit -n)")
        }
        try? EventLoop.shared.poller.watch(descriptor, for: [])
        EventLoop.shared.after(Self.pauseTime) { [weak self] in
            guard let self, self.isOpen else { return }
            try? EventLoop.shared.poller.watch(self.descriptor, for: .read)
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
