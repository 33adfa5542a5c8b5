// An IP address and a port, as a value. In: text, or what accept() left. Out: text, or what bind()
// and connect() want. Next: TCPListener.swift.

import CEngineSockets
import Foundation

/// An IPv4 or IPv6 address with a port.
package nonisolated struct SocketAddress: Sendable {
    /// As the system has it. A `sockaddr_in` is shorter, and lies in the same place; family and
    /// port are at the same offsets in both.
    var system = sockaddr_in6()

    /// Resolves a host (an address or a name) to its addresses, each once. Throws `Problem`.
    package static func resolve(_ host: String, port: Int) throws -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = csystem_stream_type
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else {
            throw Problem(
                "no address is known for the host \"\(host)\": use an address of this machine, "
                    + "such as 127.0.0.1, 0.0.0.0 (everyone in the network) or ::1")
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let info = next?.pointee {
            var address = SocketAddress()
            withUnsafeMutableBytes(of: &address.system) {
                let count = min(Int(info.ai_addrlen), $0.count)
                $0.copyMemory(from: UnsafeRawBufferPointer(start: info.ai_addr, count: count))
            }
            if !addresses.contains(where: { $0.host == address.host }) { addresses.append(address) }
            next = info.ai_next
        }
        return addresses
    }

    init() {}

    /// What `call` (accept, getsockname) writes; nil when it fails.
    init?(writtenBy call: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32) {
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = withUnsafeMutablePointer(to: &system) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &length) }
        }
        guard result >= 0 else { return nil }
    }

    /// Whether this is an IPv6 address to the system.
    var isIPv6: Bool { Int32(system.sin6_family) == AF_INET6 }

    /// The port, 0 to 65,535.
    package var port: Int { Int(UInt16(bigEndian: system.sin6_port)) }

    /// The same address with another port.
    package func with(port: Int) -> SocketAddress {
        var other = self
        other.system.sin6_port = UInt16(truncatingIfNeeded: port).bigEndian
        return other
    }

    /// Whether it stands for all addresses of this machine: 0.0.0.0, `::`.
    package var isWildcard: Bool { ["0.0.0.0", "::"].contains(host) }

    /// The address as people write it: `127.0.0.1`, `::1`. An IPv4 address within IPv6
    /// (`::ffff:10.0.0.1`), as a listener on `::` reports its peers, is the IPv4 address: a client
    /// has one name, however it came.
    package var host: String {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        _ = withSockaddr {
            getnameinfo($0, $1, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        }
        let host = String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let isWithinIPv6 = host.hasPrefix("::ffff:") && host.contains(".")
        return isWithinIPv6 ? String(host.dropFirst("::ffff:".count)) : host
    }

    /// Lends the address in the system's form.
    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        let size = isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        return withUnsafePointer(to: system) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(size)) }
        }
    }
}
