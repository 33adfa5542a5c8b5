// A client of bytes: HTTP and WebSocket by hand, without the wire modules, so that a mistake of the
// engine cannot hide itself. It works on the same event loop as the tests.
// Next: RawFrames.swift; ChatClient.swift above.

import Foundation
import EngineSockets

/// A TCP connection to a server on this machine.
package final class RawClient: TCPStreamDelegate {
    /// Longer than anything takes on a busy machine; a test that needs it has failed.
    package nonisolated static let patience = 10_000
    /// Milliseconds that this client waits for anything.
    package var patience = RawClient.patience

    private let stream: TCPStream
    package private(set) var buffer: [UInt8] = []
    package private(set) var isClosed = false
    package private(set) var hasEnded = false
    private var isWebSocket = false
    private var hasAnsweredClose = false
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
        let timer = EventLoop.shared.after(patience) { [weak self] in
            isLate = true
            self?.wake()
        }
        await withCheckedContinuation { continuation in
            self.continuation = continuation
            waiting = { [weak self] in condition() || isLate || self?.hasEnded == true }
        }
        EventLoop.shared.cancel(timer)
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

    // MARK: - HTTP

    package struct Answer {
        package let status: Int
        package let head: String
        package let body: [UInt8]
        package var text: String { String(decoding: body, as: UTF8.self) }

        /// A field's value, by its name in any case.
        package func field(_ name: String) -> String? {
            for line in head.split(separator: "\r\n").dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1)
                if parts.count == 2, parts[0].lowercased() == name.lowercased() {
                    return parts[1].trimmingCharacters(in: .whitespaces)
                }
            }
            return nil
        }
    }

    /// The next answer; of a HEAD request, without its body.
    package func answer(hasBody: Bool = true) async throws -> Answer {
        try await wait("an answer's head") { [unowned self] in headEnd != nil }
        guard let end = headEnd else { throw Missing(description: "an answer's head") }
        let head = String(decoding: buffer[..<end], as: UTF8.self)
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let empty = Answer(status: status, head: head, body: [])
        // A wrong length of a server's must not end the grader.
        let claimed = hasBody ? empty.field("Content-Length").flatMap { Int($0) } ?? 0 : 0
        let length = min(max(0, claimed), 100_000_000)
        try await wait("\(length) bytes of body") { [unowned self] in buffer.count >= end + length }
        let body = Array(buffer[end..<(end + length)])
        buffer.removeFirst(end + length)
        return Answer(status: status, head: head, body: body)
    }

    private var headEnd: Int? {
        let marker: [UInt8] = [13, 10, 13, 10]
        guard buffer.count >= 4 else { return nil }
        for index in 0...(buffer.count - 4) where Array(buffer[index..<(index + 4)]) == marker {
            return index + 4
        }
        return nil
    }

    /// Sends a request and waits for its answer.
    package func request(
        _ method: String, _ target: String, fields: [String: String] = [:], body: String = ""
    ) async throws -> Answer {
        send(RawClient.request(method, target, fields: fields, body: body))
        return try await answer(hasBody: method != "HEAD")
    }

    package nonisolated static func request(
        _ method: String, _ target: String, fields: [String: String] = [:], body: String = ""
    ) -> String {
        var text = "\(method) \(target) HTTP/1.1\r\n"
        if fields["Host"] == nil { text += "Host: localhost\r\n" }
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        if !body.isEmpty { text += "Content-Length: \(body.utf8.count)\r\n" }
        return text + "\r\n" + body
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
        guard answer.status == 101,
            answer.field("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        else {
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
        guard let (start, length) = RawClient.frameSize(buffer[...]) else {
            throw Missing(description: "a frame")
        }
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
