// Further ways to listen: at a path in the file system, at a socket that another program has
// opened. In: a path, a descriptor. Out: listeners. Next: ../TCPListener.swift;
// Engine/More/Ending/ListenAddress.swift.

import CEngineSockets
import Foundation

extension TCPListener {
    /// Several processes listen at one port, and the system spreads the connections over them.
    package static let sharesPort: Int32 = SO_REUSEPORT

    /// Listens at a path, for programs of this machine. What a program that has ended left there is
    /// removed. `mode` are the rights of the file. Throws `Problem` or `SystemError`.
    package static func unix(
        path: String, mode: UInt16, accepted: @escaping (TCPStream) -> Void
    ) throws -> TCPListener {
        let attempt = "listen at \(path)"
        let descriptor = socket(AF_UNIX, csystem_stream_type, 0)
        guard descriptor >= 0 else { throw SystemError(attempt) }
        csystem_make_nonblocking(descriptor)
        do {
            if isTaken(path) {
                throw Problem(
                    "\(path) is taken: another program listens there. End it, or choose another "
                        + "path.")
            }
            try removeSocket(at: path)
            guard try withUnixAddress(path, { bind(descriptor, $0, $1) }) == 0,
                chmod(path, mode_t(mode)) == 0, listen(descriptor, Int32.max) == 0
            else { throw SystemError(attempt) }
            // It has no port, and may be asked by any name: what asks is a proxy.
            guard let any = SocketAddress(literal: "0.0.0.0") else { throw SystemError(attempt) }
            return try TCPListener(descriptor: descriptor, address: any, accepted: accepted)
        } catch {
            systemClose(descriptor)
            throw error
        }
    }

    /// Removes what a program that has ended left. Anything else at the path stays: throws
    /// `Problem`.
    private static func removeSocket(at path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw Problem("\(path) is there and is no socket: name another path, or remove it")
        }
        unlink(path)
    }

    /// Takes over a socket that listens already: systemd or an earlier process has opened it.
    package static func inherited(
        _ descriptor: Int32, accepted: @escaping (TCPStream) -> Void
    ) throws -> TCPListener {
        var (listens, length) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
        guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0,
            listens != 0
        else {
            throw Problem(
                "descriptor \(descriptor) is no socket that listens: it has to be opened, bound "
                    + "and made to listen by the program that starts this one")
        }
        csystem_make_nonblocking(descriptor)
        sendAtOnce(descriptor)
        let address = SocketAddress { getsockname(descriptor, $0, &$1) }
        guard let address else { throw SystemError("ask descriptor \(descriptor) for its address") }
        return try TCPListener(descriptor: descriptor, address: address, accepted: accepted)
    }

    /// Whether a process accepts connections at a path.
    private static func isTaken(_ path: String) -> Bool {
        let probe = socket(AF_UNIX, csystem_stream_type, 0)
        defer { systemClose(probe) }
        return (try? withUnixAddress(path) { systemConnect(probe, $0, $1) }) == 0
    }

    private static func withUnixAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        try withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard !bytes.isEmpty, bytes.count < room.count else {
                throw Problem(
                    "the path \"\(path)\" has to have 1 to \(room.count - 1) bytes for a socket")
            }
            room.copyBytes(from: bytes)
        }
        return withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

extension SocketAddress {
    /// Whether it is a path in the file system, of which only programs of this machine know.
    package nonisolated var isUnix: Bool {
        withSockaddr { address, _ in address.pointee.sa_family == sa_family_t(AF_UNIX) }
    }
}

/// The file of a Unix socket, as it was when its listener was made.
package struct SocketFile {
    private let path: String
    private let made: stat

    /// Nil: nothing is at the path.
    package init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        (self.path, made) = (path, status)
    }

    /// Removes it, unless another program has put its own there meanwhile.
    package func remove() {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_dev == made.st_dev,
            status.st_ino == made.st_ino
        else { return }
        unlink(path)
    }
}

/// The number of this process.
package nonisolated var processNumber: Int32 { getpid() }
