// A TCP connection to the server by its name. In: a host and a port, and what to say first.
// Out: bytes, or the one reason why there are none. A name may have several addresses (`localhost`
// is ::1 and 127.0.0.1): they are tried one after the other.
// Next: HTTPLine.swift, WebSocketTransport.swift.

import EngineSockets

/// Who hears of a connection to the server.
protocol ServerStreamDelegate: AnyObject {
    func received(_ bytes: ArraySlice<UInt8>)
    /// It is over: there are no bytes any more, or there never were. Called once.
    func closed(_ problem: String)
}

final class ServerStream: TCPStreamDelegate {
    weak var delegate: (any ServerStreamDelegate)?
    private let host: String
    private let port: Int
    private var addresses: ArraySlice<SocketAddress> = []
    private var stream: TCPStream?
    /// What was said before the first answer: the next address has to hear it too.
    private var said: [UInt8] = []
    private var hasHeard = false
    private var isClosed = false

    init(host: String, port: Int, delegate: any ServerStreamDelegate) {
        self.host = host
        self.port = port
        self.delegate = delegate
        // The system may ask somebody far away for the address of a name, and that takes time.
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

    private func tryNext(_ problem: String) {
        guard !isClosed else { return }
        guard let address = addresses.popFirst() else { return end(problem) }
        do {
            let stream = try TCPStream.connect(to: address)
            stream.delegate = self
            // Our own program writes, and it may write what it likes.
            stream.queueLimit = .max
            stream.unreadLimit = .max
            self.stream = stream
            if !said.isEmpty { stream.write(said) }
        } catch {
            tryNext("\(error)")
        }
    }

    func write(_ bytes: [UInt8]) {
        if !hasHeard { said += bytes }
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
        hasHeard = true
        said = []
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
        // Said to a server that broke off later, it may have had its effect: not twice.
        error.isNobodyThere && !hasHeard ? tryNext("\(error)") : end("\(error)")
    }
}
