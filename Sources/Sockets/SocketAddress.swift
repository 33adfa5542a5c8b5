// An IP address and a port, as a value. In: text, or what accept() left. Out: text, or what bind()
// and connect() want. Next: TCPListener.swift.

import CEngineSockets
import Foundation

/// An IPv4 or IPv6 address with a port.
package nonisolated struct SocketAddress: Sendable {
    /// As the system has it. A `sockaddr_in` is shorter, and lies in the same place; family and
    /// port are at the same offsets in both.
    private var system = sockaddr_in6()

    /// Resolves a host (an address or a name) to its addresses, each once. Throws `UnknownHost`.
    package static func resolve(_ host: String, port: Int) throws -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = csystem_stream_type
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else {
            throw UnknownHost(host: host)
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let info = next?.pointee {
            if let address = info.ai_addr.flatMap({ SocketAddress($0) }),
                !addresses.contains(where: { $0.host == address.host })
            {
                addresses.append(address)
            }
            next = info.ai_next
        }
        return addresses
    }

    /// An address as it is written, of IPv6 without brackets, with port 0; nil: it is none.
    package init?(literal: String) {
        var v4 = sockaddr_in()
        var v6 = sockaddr_in6()
        if inet_pton(AF_INET, literal, &v4.sin_addr) == 1 {
            self.init(v4)
        } else if inet_pton(AF_INET6, literal, &v6.sin6_addr) == 1 {
            self.init(v6)
        } else {
            return nil
        }
    }

    /// What `call` (accept, getsockname) writes; nil when it fails, or for a family that is not IP.
    init?(writtenBy call: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32) {
        var written = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let address = withUnsafeMutablePointer(to: &written) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                call(pointer, &length) >= 0 ? SocketAddress(pointer) : nil
            }
        }
        guard let address else { return nil }
        self = address
    }

    /// Nil for a family that is not IP.
    private init?(_ address: UnsafePointer<sockaddr>) {
        let bytes = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET: self.init(bytes.loadUnaligned(as: sockaddr_in.self))
        case AF_INET6: self.init(bytes.loadUnaligned(as: sockaddr_in6.self))
        default: return nil
        }
    }

    private init(_ v4: sockaddr_in) {
        var v4 = v4
        v4.sin_family = sa_family_t(AF_INET)
        withUnsafeMutableBytes(of: &system) { $0.storeBytes(of: v4, as: sockaddr_in.self) }
    }

    /// An IPv4 address within IPv6 (`::ffff:10.0.0.1`), as a listener on `::` reports its peers, is
    /// the IPv4 address: a client has one name, however it came.
    private init(_ v6: sockaddr_in6) {
        system = v6
        system.sin6_family = sa_family_t(AF_INET6)
        withUnsafeBytes(of: v6.sin6_addr) { bytes in
            guard bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] & bytes[11] == 0xFF else {
                return
            }
            var v4 = sockaddr_in()
            v4.sin_port = v6.sin6_port
            v4.sin_addr.s_addr = bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
            self = SocketAddress(v4)
        }
    }

    /// Whether this is an IPv6 address.
    package var isIPv6: Bool { Int32(system.sin6_family) == AF_INET6 }

    /// The port, 0 to 65,535.
    package var port: Int { Int(UInt16(bigEndian: system.sin6_port)) }

    /// The same address with another port.
    package func with(port: Int) -> SocketAddress {
        var other = self
        other.system.sin6_port = UInt16(truncatingIfNeeded: port).bigEndian
        return other
    }

    /// Whether only this machine can reach it: 127.0.0.0/8, ::1.
    package var isLoopback: Bool { isIPv6 ? host == "::1" : host.hasPrefix("127.") }

    /// Whether it stands for all addresses of this machine: 0.0.0.0, `::`.
    package var isWildcard: Bool { ["0.0.0.0", "::"].contains(host) }

    /// The address as people write it: `127.0.0.1`, `::1`.
    package var host: String {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        _ = withSockaddr {
            getnameinfo($0, $1, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        }
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Lends the address in the system's form.
    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        let size = isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        return withUnsafePointer(to: system) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(size)) }
        }
    }
}

/// A host name that has no address.
package nonisolated struct UnknownHost: Error, CustomStringConvertible {
    package let host: String

    package init(host: String) { self.host = host }

    package var description: String {
        "no address is known for the host \"\(host)\": use an address of this machine, "
            + "such as 127.0.0.1, 0.0.0.0 (everyone in the network) or ::1"
    }
}
