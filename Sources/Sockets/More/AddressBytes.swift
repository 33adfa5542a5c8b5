// An address as bytes, to be compared with networks. Next: ../SocketAddress.swift;
// Engine/More/Access/TrustedProxies.swift.

import Foundation

extension SocketAddress {
    /// Four bytes of IPv4, also where it comes within IPv6, or sixteen of IPv6.
    package nonisolated var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, host, &bytes) == 1 { return Array(bytes.prefix(4)) }
        let plain = String(host.prefix { $0 != "%" })
        return inet_pton(AF_INET6, plain, &bytes) == 1 ? bytes : []
    }
}
