// A TCP connection to the server by its name. A name may have several addresses (`localhost` is ::1
// and 127.0.0.1): they are tried one after the other, and each is sent the same first bytes.
// In: a host, a port, bytes to send. Out: received bytes, and once the reason of the end.
// Next: HTTPClientConnection.swift, WebSocketTransport.swift.

import EngineSockets

/// Receives the bytes of a connection, and its end.
protocol ServerStreamDelegate: AnyObject {
    func received(_ bytes: ArraySlice<UInt8>)
    /// The connection is closed, or could not be made. Called once.
    func closed(_ problem: String)
}

final class ServerStream: TCPStreamDelegate {
    weak var delegate: (any ServerStreamDelegate)?
    private let host: String
    private let port: Int
    private var addresses: ArraySlice<SocketAddress> = []
    private var stream: TCPStream?
    /// Sent before the first byte was received: the next address is sent it too.
    private var firstBytes: [UInt8] = []
    private var hasReceived = false
    private var isClosed = false

    init(host: String, port: Int, delegate: any ServerStreamDelegate) {
        self.host = host
        self.port = port
        self.delegate = delegate
        // Looking up a name may take long: the system may ask a server for it.
        Task { [host, port] in
            let found = await Task.detached {
                Result { try SocketAddress.resolve(host, port: port) }
            }
            .value
            switch found {
            case .success(let addresses):
                self.addresses = addresses[...]
                self.tryNext("\(host) has no address")
            case .failure(let error): self.end("\(error)")
            }
        }
    }

    /// Simplified: one address after the other. Larger clients try several at once (RFC 8305).
    private func tryNext(_ problem: String) {
        guard !isClosed else { return }
        guard let address = addresses.popFirst() else { return end(problem) }
        do {
            let stream = try TCPStream.connect(to: address)
            stream.delegate = self
            // The bytes are the program's own: no limit.
            stream.queueLimit = .max
            stream.unreadLimit = .max
            self.stream = stream
            if !firstBytes.isEmpty { stream.write(firstBytes) }
        } catch {
            tryNext("\(error)")
        }
    }

    func write(_ bytes: [UInt8]) {
        if !hasReceived { firstBytes += bytes }
        stream?.write(bytes)
    }

    /// Writes what is queued, and closes.
    func close() {
        isClosed = true
        delegate = nil
        stream?.close(lingers: false)
    }

    private func end(_ problem: String) {
        guard !isClosed else { return }
        isClosed = true
        let delegate = delegate
        self.delegate = nil
        delegate?.closed(problem)
    }

    // MARK: - From the stream

    package func received(_ bytes: ArraySlice<UInt8>) {
        hasReceived = true
        firstBytes = []
        delegate?.received(bytes)
    }

    package func receivedEnd() {
        stream?.close(lingers: false)
        end("the server has closed the connection")
    }

    package func closed(_ reason: TCPCloseReason) {
        guard case .failed(let code) = reason else {
            return end("the connection was closed")
        }
        let error = SystemError("connection to \(host) port \(port)", code: code)
        stream = nil
        // A server that has answered may have acted on the request: it is not sent twice.
        error.wasNeverConnected && !hasReceived ? tryNext("\(error)") : end("\(error)")
    }
}
