// A client of bytes: HTTP and WebSocket by hand, without the wire modules, so that a mistake of the
// engine cannot hide itself. It works on the same event loop as the tests.
// Next: RawAnswers.swift for HTTP, RawFrames.swift; ChatClient.swift above.

import Foundation
import EngineSockets

/// A TCP connection to a server on this machine.
package final class RawClient: TCPStreamDelegate {
    /// Longer than anything takes on a busy machine; a test that needs it has failed.
    /// The tests of this package share one main actor by the hundred: there each waits longer.
    package nonisolated static let patience = isTesting ? 40_000 : 10_000
    private nonisolated static let isTesting =
        CommandLine.arguments.first.map { $0.contains("xctest") || $0.contains("testing-helper") }
        == true
    /// Milliseconds that this client waits for anything.
    package var patience = RawClient.patience

    private let stream: TCPStream
    package internal(set) var buffer: [UInt8] = []
    package private(set) var isClosed = false
    package private(set) var hasEnded = false
    private var isWebSocket = false
    private var hasAnsweredClose = false
    /// Called when bytes have come, before anything that waits for them goes on.
    var onReceive: (() -> Void)?
    private var waiting: (() -> Bool)?
    private var continuation: CheckedContinuation<Void, Never>?

    package init(port: Int, host: String = "127.0.0.1") throws {
        guard let address = try SocketAddress.resolve(host, port: port).first else {
            throw Missing(description: "an address of this machine")
        }
        stream = try TCPStream.connect(to: address)
        stream.delegate = self
    }

    // MARK: - Bytes

    package func send(_ text: String) { stream.write(Array(text.utf8)) }
    package func send(_ bytes: [UInt8]) { stream.write(bytes) }
    package func pauseReading() { stream.pauseReading() }
    package func resumeReading() { stream.resumeReading() }
    /// Breaks the connection, without a close frame.
    package func vanish() { stream.abort() }

    package func received(_ bytes: ArraySlice<UInt8>) {
        buffer += bytes
        if isWebSocket { answerClose() }
        onReceive?()
        wake()
    }

    package func receivedEnd() {
        hasEnded = true
        wake()
        stream.close(lingers: false)
    }

    package func closed(_ reason: TCPCloseReason) {
        isClosed = true
        hasEnded = true
        wake()
    }

    private func wake() {
        guard let waiting, waiting() else { return }
        self.waiting = nil
        continuation?.resume()
        continuation = nil
    }

    /// Waits until a condition holds. It is tried after received bytes, and at the end.
    package func wait(_ what: String, until condition: @escaping () -> Bool) async throws {
        guard !condition() else { return }
        var isLate = false
        let timer = EventLoop.shared.timer(after: patience) { [weak self] in
            isLate = true
            self?.wake()
        }
        await withCheckedContinuation { continuation in
            self.continuation = continuation
            waiting = { [weak self] in condition() || isLate || self?.hasEnded == true }
        }
        timer.cancel()
        guard condition() else {
            let arrived = String(decoding: buffer.prefix(500), as: UTF8.self)
            let line = arrived.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            throw Missing(description: "waited for \(what); arrived: \(line.debugDescription)")
        }
    }

    /// Waits for the server to close.
    package func waitForEnd() async throws {
        try await wait("the end") { [unowned self] in hasEnded }
    }

    // MARK: - WebSocket

    /// Opens a WebSocket, with a message right behind the request if one is given. The key and its
    /// answer are RFC 6455's own example.
    package func openWebSocket(
        _ target: String, fields: [String: String] = [:], ahead: String? = nil
    ) async throws {
        var all = fields
        all["Upgrade"] = "websocket"
        all["Connection"] = "Upgrade"
        all["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
        all["Sec-WebSocket-Version"] = "13"
        send(RawClient.request("GET", target, fields: all))
        if let ahead { sendFrame(ahead) }
        let answer = try await answer()
        guard answer.status == 101 else {
            throw RefusedWebSocket(status: answer.status, description: "a 101; \(answer.head)")
        }
        guard answer.field("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" else {
            throw Missing(description: "a 101 with the right answer to the key; \(answer.head)")
        }
        isWebSocket = true
    }

    /// Answers a close frame at once, wherever it is in the received bytes. It stays there to be
    /// read.
    private func answerClose() {
        var rest = buffer[...]
        while !hasAnsweredClose, let (start, length) = RawClient.frameSize(rest) {
            if rest.first == 0x88 {
                hasAnsweredClose = true
                let code = Array(rest.dropFirst(start).prefix(min(2, length)))
                send(RawClient.frame(0x88, code))
            }
            rest = rest.dropFirst(start + length)
        }
    }

    /// Sends a text frame.
    package func sendFrame(_ text: String) { send(RawClient.frame(0x81, Array(text.utf8))) }

    /// The next frame: its first byte and its payload.
    package func frame() async throws -> (first: UInt8, payload: [UInt8]) {
        try await wait("a frame") { [unowned self] in RawClient.frameSize(buffer[...]) != nil }
        guard let frame = takeFrame() else { throw Missing(description: "a frame") }
        return frame
    }

    /// A frame that is there already.
    func takeFrame() -> (first: UInt8, payload: [UInt8])? {
        guard let (start, length) = RawClient.frameSize(buffer[...]) else { return nil }
        let first = buffer[0]
        let payload = Array(buffer[start..<(start + length)])
        buffer.removeFirst(start + length)
        return (first, payload)
    }

    /// The next text message.
    package func text() async throws -> String {
        let frame = try await frame()
        guard frame.first == 0x81 else {
            throw Missing(description: "a text frame; byte \(frame.first) came first")
        }
        return String(decoding: frame.payload, as: UTF8.self)
    }

    /// Joins a namespace over WebSocket; a ping that comes meanwhile is passed over.
    package func join(_ namespace: String = "") async throws {
        try await openWebSocket(webSocket)
        let open = try await text()
        guard open.hasPrefix("0{\"sid\":\"") else { throw Missing(description: "0{…; \(open)") }
        sendFrame("40\(namespace)")
        var answer = try await text()
        while answer == "2" { answer = try await text() }
        guard answer.hasPrefix("40\(namespace){\"sid\":\"") else {
            throw Missing(description: "40\(namespace){…; arrived: \(answer)")
        }
    }
}
