// Addresses that are written as such, and are not looked up. In: text. Out: addresses. Next:
// ../SocketAddress.swift.

import CEngineSockets
import Foundation

nonisolated extension SocketAddress {
    /// An address as it is written, of IPv6 without brackets, with port 0; nil: it is none.
    package init?(literal: String) {
        self.init()
        if inet_pton(AF_INET6, literal, &system.sin6_addr) == 1 {
            system.sin6_family = sa_family_t(AF_INET6)
        } else if inet_pton(AF_INET, literal, &system.sin6_flowinfo) == 1 {
            // A `sockaddr_in` has its address there.
            system.sin6_family = sa_family_t(AF_INET)
        } else {
            return nil
        }
    }

    /// Whether only this machine can reach it: 127.0.0.0/8, ::1.
    package var isLoopback: Bool { host == "::1" || host.hasPrefix("127.") }
}
