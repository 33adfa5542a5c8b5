// A client of the fuzzer: plain system calls on a socket. Next: Connection.swift.

import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A TCP client without an event loop: the fuzzer turns the server's by hand.
@MainActor
final class FuzzClient {
    private static var buffer = [UInt8](repeating: 0, count: 65_536)
    private(set) var received: [UInt8] = []
    private(set) var isOpen = true
    private let descriptor: Int32

    init(_ port: Int) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var opened = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // The fuzzer's own clock may interrupt it; and ports are remembered for a minute.
        var attempts = 0
        while dial(opened, &address) != 0 {
            attempts += 1
            check(attempts < 900, "the server takes connections")
            hangUp(opened)
            usleep(100_000)
            opened = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        }
        descriptor = opened
    }

    func send(_ bytes: [UInt8]) {
        guard isOpen, !bytes.isEmpty else { return }
        _ = transmit(descriptor, bytes)
    }

    func receive() {
        while isOpen {
            let count = recv(
                descriptor, &FuzzClient.buffer, FuzzClient.buffer.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { return }
            received += FuzzClient.buffer[..<count]
        }
    }

    /// Whether this text has arrived. Removes it, and all before it, from the received bytes.
    func receives(_ text: String) -> Bool {
        receive()
        let wanted = Array(text.utf8)
        guard received.count >= wanted.count else { return false }
        for start in 0...(received.count - wanted.count)
        where received[start] == wanted[0]
            && received[start..<(start + wanted.count)].elementsEqual(wanted)
        {
            received.removeFirst(start + wanted.count)
            return true
        }
        return false
    }

    /// Closes one direction: the server's bytes can still be read.
    func end(inOrder: Bool) {
        if inOrder { _ = shutdown(descriptor, Int32(SHUT_WR)) }
    }

    /// Resets the connection: a close would keep its port for a minute, and ports would run out.
    func close() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        hangUp(descriptor)
        isOpen = false
    }
}

/// Calls the system's functions, whose names the methods above have too.
private func transmit(_ descriptor: Int32, _ bytes: [UInt8]) -> Int {
    send(descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT))
}

private func dial(_ descriptor: Int32, _ address: inout sockaddr_in) -> Int32 {
    withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}

private func hangUp(_ descriptor: Int32) { _ = close(descriptor) }
