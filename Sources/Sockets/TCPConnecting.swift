// The client's side of TCP. In: an address. Out: a stream that is connecting.
// Next: TCPStream.swift.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension TCPStream {
    /// Begins to connect; bytes written meanwhile are queued, a refusal comes as `closed`.
    package static func connect(to address: SocketAddress) throws -> TCPStream {
        let descriptor = try makeSocket(isIPv6: address.isIPv6)
        let result = address.withSockaddr { systemConnect(descriptor, $0, $1) }
        guard result == 0 || errno == EINPROGRESS else {
            let error = SystemError("connect to \(address.host) port \(address.port)")
            _ = systemClose(descriptor)
            throw error
        }
        setWithoutDelay(descriptor)
        do {
            return try TCPStream(descriptor: descriptor, peer: address, isConnecting: true)
        } catch {
            _ = systemClose(descriptor)
            throw error
        }
    }
}
