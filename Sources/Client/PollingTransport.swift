// Long-polling: a GET waits until the server has packets; a POST carries packets to the server.
// Two connections, so that neither waits for the other.
// In and out: packets. Next: HTTPClientConnection.swift.

import EngineIOWire
import HTTPWire
import EngineSockets

final class PollingTransport: ClientTransport {
    /// Some servers refuse a POST with more packets than this.
    private static let packetsPerPost = 16

    /// Milliseconds that the last request may take; a silent server must not keep it open.
    private static let closeTime = 1_000

    let name = EngineIOTransport.polling
    weak var delegate: (any ClientTransportDelegate)?
    private(set) var isWritable = true
    private var target: SessionTarget
    private let polls: HTTPClientConnection
    private let posts: HTTPClientConnection
    private var isPolling = false
    private var isPaused = false
    private var isOver = false
    private var paused: (() -> Void)?

    init(target: SessionTarget, template: RequestTemplate, maxMessageSize: Int) {
        self.target = target
        polls = HTTPClientConnection(template: template, maxBodySize: maxMessageSize)
        posts = HTTPClientConnection(template: template, maxBodySize: 10_000)
    }

    func open() { poll() }

    private func poll() {
        isPolling = true
        polls.request("GET", target.target(name)) { [self] result in
            isPolling = false
            guard !isOver, let response = success(result, "poll") else { return }
            guard let packets = try? EngineIOPayload.decode(response.body[...]) else {
                return end(.parseError, "the server's answer to a poll is no payload")
            }
            for packet in packets where !isOver {
                if case .open(let data) = packet { target.sid = sid(in: data) }
                if case .close = packet { return end(.transportClose, "closed by the server") }
                delegate?.transport(self, received: packet)
            }
            if isOver { return }
            isPaused ? checkPause() : poll()
        }
    }

    func send(_ packets: [QueuedPacket]) {
        var body: [UInt8] = []
        for packet in packets.map(\.packet) {
            if case .binary(let bytes) = packet {
                EngineIOPayload.append(bytes[...], isBinary: true, to: &body)
            } else if let text = packet.text {
                EngineIOPayload.append(text[...], isBinary: false, to: &body)
            }
        }
        isWritable = false
        posts.request("POST", target.target(name), body: body) { [self] result in
            guard !isOver, success(result, "post") != nil else { return }
            isWritable = true
            delegate?.transportDrained(self)
            checkPause()
        }
    }

    func portion(of packets: [QueuedPacket], maxPayload: Int) -> Int {
        var size = 0
        var count = 0
        for packet in packets.prefix(Self.packetsPerPost).map(\.packet) {
            if case .binary(let bytes) = packet {
                size += EngineIOPayload.size(ofPacketWith: bytes.count, isBinary: true)
            } else {
                size += EngineIOPayload.size(
                    ofPacketWith: packet.text?.count ?? 0, isBinary: false)
            }
            if count > 0, size > maxPayload { break }
            count += 1
        }
        return count
    }

    func pause(_ done: @escaping () -> Void) {
        isPaused = true
        paused = done
        checkPause()
    }

    /// Nothing is under way any more: the connections are closed. After `resume` they open again.
    private func checkPause() {
        guard isPaused, !isPolling, isWritable, let paused else { return }
        self.paused = nil
        polls.close()
        posts.close()
        paused()
    }

    func resume() {
        isPaused = false
        if !isPolling, !isOver { poll() }
    }

    /// Sends a close packet, if there is a session. Does not wait for the response.
    func close() {
        guard !isOver else { return }
        isOver = true
        polls.close()
        posts.close()
        guard target.sid != nil else { return }
        let closing = HTTPClientConnection(template: posts.template, maxBodySize: 10_000)
        closing.request("POST", target.target(name), body: [UInt8(ascii: "1")]) { _ in
            closing.close()
        }
        EventLoop.shared.after(Self.closeTime) { closing.close() }
    }

    private func success(
        _ result: Result<HTTPResponse, ClientError>, _ what: String
    ) -> HTTPResponse? {
        switch result {
        case .success(let response) where response.status == .ok: return response
        case .success(let response):
            let text = String(decoding: response.body.prefix(200), as: UTF8.self)
            end(.transportError, "\(what) error: \(response.status.code) \(text)")
        case .failure(let error): end(.transportError, "\(what) error: \(error)")
        }
        return nil
    }

    private func end(_ reason: ClientDisconnectReason, _ problem: String) {
        guard !isOver else { return }
        isOver = true
        polls.close()
        posts.close()
        delegate?.transport(self, ended: reason, problem)
    }
}
