// Small system calls that differ between systems, or whose names collide with our own.
// In and out: descriptors. Next: TCPListener.swift.

import CEngineSockets

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

nonisolated func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }

nonisolated func systemConnect(
    _ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t
) -> Int32 {
    connect(descriptor, address, length)
}

/// A new TCP socket: non-blocking, and not handed to child processes.
nonisolated func makeSocket(isIPv6: Bool) throws -> Int32 {
    let descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, streamSocketType, 0)
    guard descriptor >= 0 else { throw SystemError("open a socket") }
    makeNonBlocking(descriptor)
    return descriptor
}

nonisolated func makeNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
}

nonisolated func setOption(_ descriptor: Int32, _ level: Int32, _ name: Int32, to on: Bool = true) {
    var value: Int32 = on ? 1 : 0
    setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
}

/// Small packets leave at once: we gather them ourselves, once per turn.
nonisolated func setWithoutDelay(_ descriptor: Int32) {
    setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
}

/// Accepts one connection, non-blocking and with its peer's address; nil: see errno.
nonisolated func acceptConnection(_ listener: Int32) -> (descriptor: Int32, peer: SocketAddress)? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            #if os(Linux)
                let descriptor = csystem_accept(listener, address, &length)
                guard descriptor >= 0 else { return nil }
            #else
                let descriptor = accept(listener, address, &length)
                guard descriptor >= 0 else { return nil }
                makeNonBlocking(descriptor)
                setWithoutDelay(descriptor)
            #endif
            guard let peer = SocketAddress(address) else {
                _ = systemClose(descriptor)
                return nil
            }
            return (descriptor, peer)
        }
    }
}

/// Where a bound socket listens: tells the port that the system chose.
nonisolated func localAddress(_ descriptor: Int32) -> SocketAddress? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            getsockname(descriptor, address, &length) == 0 ? SocketAddress(address) : nil
        }
    }
}

/// Writing to a connection that the peer has reset is an error to handle, not a signal to die of.
nonisolated func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
}

/// Raises the soft limit of open descriptors to the hard one: each connection takes one.
package nonisolated func raiseDescriptorLimit() {
    #if os(Linux)
        csystem_raise_descriptor_limit(UInt.max)
    #else
        // macOS refuses more than OPEN_MAX when the hard limit says "unlimited".
        csystem_raise_descriptor_limit(UInt(OPEN_MAX))
    #endif
}

/// Makes standard output line-buffered, also into a pipe.
package nonisolated func lineBufferStandardOutput() {
    csystem_line_buffer_standard_output()
}

/// Writes one line to standard error.
package nonisolated func printError(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// Whether standard output is a terminal.
package nonisolated func isTerminal() -> Bool { isatty(STDOUT_FILENO) == 1 }

/// Ends the process.
package nonisolated func exitProcess(_ status: Int32) -> Never {
    exit(status)
}

/// Ends a process that was started here, at once.
package nonisolated func systemKill(_ process: Int32) { _ = kill(process, SIGKILL) }
