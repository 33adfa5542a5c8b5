// The client's side of TCP. In: an address. Out: a stream that is connecting.
// Next: ../TCPStream.swift.

import Foundation

extension TCPStream {
    /// Begins to connect; bytes written meanwhile are queued, a refusal comes as `closed`.
    package static func connect(to address: SocketAddress) throws -> TCPStream {
        // Made before the calls: to make it would change errno.
        let attempt = "connect to \(address.host) port \(address.port)"
        let descriptor = try makeSocket(isIPv6: address.isIPv6)
        do {
            let result = address.withSockaddr { systemConnect(descriptor, $0, $1) }
            guard result == 0 || errno == EINPROGRESS else { throw SystemError(attempt) }
            sendAtOnce(descriptor)
            return try TCPStream(descriptor: descriptor, peer: address, isConnecting: true)
        } catch {
            systemClose(descriptor)
            throw error
        }
    }
}

/// Small packets leave at once. (The option's level is visible in files that import Foundation and
/// not CEngineSockets, or an optimising build does not find it.)
nonisolated func sendAtOnce(_ descriptor: Int32) {
    setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
}

/// The system's `connect`, which the method of that name hides.
nonisolated func systemConnect(
    _ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t
) -> Int32 {
    connect(descriptor, address, length)
}

extension SystemError {
    /// Whether a connection was never made, so that nothing has reached the other side.
    package nonisolated var wasNeverConnected: Bool {
        [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL].contains(code)
    }
}
