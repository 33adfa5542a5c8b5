// An IP address and a port, without the system's sixteen kinds of sockaddr.
// In: text, or what accept() left. Out: text, or what bind() and connect() want.
// Next: TCPListener.swift.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

#if os(Linux)
    nonisolated let streamSocketType = Int32(SOCK_STREAM.rawValue)
#else
    nonisolated let streamSocketType = SOCK_STREAM
#endif

/// An IPv4 or IPv6 address with a port.
package nonisolated struct SocketAddress: Sendable, Equatable {
    private let high: UInt64
    private let low: UInt64
    private let scope: UInt32
    /// Whether this is an IPv6 address.
    package let isIPv6: Bool
    /// The port, 0 to 65,535.
    package let port: Int

    /// Resolves a host (an address or a name) to its addresses. Throws `UnknownHost`.
    package static func resolve(_ host: String, port: Int) throws -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = streamSocketType
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else {
            throw UnknownHost(host: host)
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let info = next?.pointee {
            if let address = info.ai_addr.flatMap({ SocketAddress($0) }),
                !addresses.contains(address)
            {
                addresses.append(address)
            }
            next = info.ai_next
        }
        return addresses
    }

    /// An address as it is written, of IPv6 without brackets, with port 0; nil: it is none.
    package init?(literal: String) {
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, literal, &v4) == 1 {
            self.init(v4, port: 0)
        } else if inet_pton(AF_INET6, literal, &v6) == 1 {
            self.init(v6, scope: 0, port: 0)
        } else {
            return nil
        }
    }

    /// Reads what the system wrote; nil for a family that is not IP.
    init?(_ address: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            let v4 = raw.loadUnaligned(as: sockaddr_in.self)
            self.init(v4.sin_addr, port: Int(UInt16(bigEndian: v4.sin_port)))
        case AF_INET6:
            let v6 = raw.loadUnaligned(as: sockaddr_in6.self)
            let port = Int(UInt16(bigEndian: v6.sin6_port))
            self.init(v6.sin6_addr, scope: v6.sin6_scope_id, port: port)
        default:
            return nil
        }
    }

    private init(_ v4: in_addr, port: Int) {
        let low = UInt64(UInt32(bigEndian: v4.s_addr))
        self.init(high: 0, low: low, scope: 0, isIPv6: false, port: port)
    }

    /// An IPv4 address within IPv6, as a listener on `::` reports its peers, is the IPv4 address: a
    /// client has one name, however it came.
    private init(_ v6: in6_addr, scope: UInt32, port: Int) {
        let (high, low) = withUnsafeBytes(of: v6) {
            (
                UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        let isIPv4 = high == 0 && low >> 32 == 0xFFFF
        self.init(
            high: high, low: isIPv4 ? low & 0xFFFF_FFFF : low, scope: scope, isIPv6: !isIPv4,
            port: port)
    }

    /// Whether only this machine can reach it: 127.0.0.0/8, ::1.
    package var isLoopback: Bool {
        isIPv6 ? high == 0 && low == 1 : low >> 24 == 127
    }

    /// Whether it stands for all addresses of this machine: 0.0.0.0, `::`.
    package var isWildcard: Bool { high == 0 && low == 0 }

    /// The same address with another port.
    package func with(port: Int) -> SocketAddress {
        SocketAddress(high: high, low: low, scope: scope, isIPv6: isIPv6, port: port)
    }

    private init(high: UInt64, low: UInt64, scope: UInt32, isIPv6: Bool, port: Int) {
        self.high = high
        self.low = low
        self.scope = scope
        self.isIPv6 = isIPv6
        self.port = port
    }

    /// Lends the address in the system's form.
    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        isIPv6 ? withIPv6(body) : withIPv4(body)
    }

    private func withIPv4<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result
    {
        var v4 = sockaddr_in()
        v4.sin_family = sa_family_t(AF_INET)
        v4.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        v4.sin_addr.s_addr = UInt32(truncatingIfNeeded: low).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &v4) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }

    private func withIPv6<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result
    {
        var v6 = sockaddr_in6()
        v6.sin6_family = sa_family_t(AF_INET6)
        v6.sin6_port = UInt16(truncatingIfNeeded: port).bigEndian
        v6.sin6_scope_id = scope
        withUnsafeMutableBytes(of: &v6.sin6_addr) {
            $0.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
            $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        let size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        return withUnsafePointer(to: &v6) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }

    /// The address as people write it: `127.0.0.1`, `::1`.
    package var host: String {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        _ = withSockaddr {
            getnameinfo($0, $1, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        }
        let end = text.firstIndex(of: 0) ?? text.count
        return String(decoding: text[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// A host name that nobody knows.
package nonisolated struct UnknownHost: Error, CustomStringConvertible {
    package let host: String

    package init(host: String) { self.host = host }

    package var description: String {
        "no address is known for the host \"\(host)\": use an address of this machine, "
            + "such as 127.0.0.1, 0.0.0.0 (everyone in the network) or ::1"
    }
}
