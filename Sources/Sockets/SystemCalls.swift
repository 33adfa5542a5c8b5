// Small system calls, with names that say what they are for. Next: TCPListener.swift.

import CEngineSockets
import Foundation

/// The system's `close`, where a method of that name hides it.
nonisolated func systemClose(_ descriptor: Int32) { close(descriptor) }

/// A new TCP socket: non-blocking, and not handed to child processes.
nonisolated func makeSocket(isIPv6: Bool) throws -> Int32 {
    let descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, csystem_stream_type, 0)
    guard descriptor >= 0 else { throw SystemError("open a socket") }
    csystem_make_nonblocking(descriptor)
    return descriptor
}

nonisolated func setOption(_ descriptor: Int32, _ level: Int32, _ name: Int32, to on: Bool = true) {
    var value: Int32 = on ? 1 : 0
    setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
}

/// Accepts one connection, non-blocking and with its peer's address; nil: see errno.
nonisolated func acceptConnection(_ listener: Int32) -> (descriptor: Int32, peer: SocketAddress)? {
    var descriptor: Int32 = -1
    let peer = SocketAddress {
        descriptor = csystem_accept(listener, $0, &$1)
        return descriptor
    }
    return peer.map { (descriptor, $0) }
}

/// Reads what a connection has received, as much as there is room for. Not on the main actor: the
/// closure would ask at each call where it runs, 220 instructions.
nonisolated func receive(_ descriptor: Int32, into buffer: inout [UInt8]) -> Int {
    buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
}

/// Raises the soft limit of open descriptors to the hard one: each connection takes one.
package nonisolated func raiseDescriptorLimit() { csystem_raise_descriptor_limit() }

/// Makes standard output line-buffered, also into a pipe.
package nonisolated func lineBufferStandardOutput() { csystem_line_buffer_standard_output() }

/// Writes one line to standard error.
package nonisolated func printError(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// Ends the process.
package nonisolated func exitProcess(_ status: Int32) -> Never { exit(status) }
