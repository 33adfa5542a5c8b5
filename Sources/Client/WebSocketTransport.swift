// A WebSocket to the server: each packet is a message. In and out: packets.
// Spec: RFC 6455 §4.1. Next: ServerStream.swift, Sources/Wire/WebSocket/MessageDecoder.swift.

import EngineBytes
import EngineIOWire
import EngineSockets
import HTTPWire
import DeflateWire
import WebSocketDeflate
import WebSocketWire

final class WebSocketTransport: ClientTransport, ServerStreamDelegate {
    let name = EngineIOTransport.websocket
    weak var delegate: (any ClientTransportDelegate)?
    private let target: SessionTarget
    private let template: RequestTemplate
    private let key: String
    private var stream: ServerStream?
    private var handshake = HTTPResponseDecoder()
    private var decoder: MessageDecoder
    /// What is offered to the server, and what was agreed on.
    private let deflate: PerMessageDeflate?
    private var compressor: MessageCompressor?
    private var idleTimer: LoopTimer?
    private let maxMessageSize: Int
    private var isOpen = false
    private var isOver = false
    /// Called when the WebSocket is open: for a probe.
    var opened: (() -> Void)?

    init(target: SessionTarget, template: RequestTemplate, _ options: ClientOptions) {
        self.target = target
        self.template = template
        deflate = options.perMessageDeflate
        maxMessageSize = options.maxMessageSize
        var limits = WebSocketLimits()
        limits.message = maxMessageSize
        decoder = MessageDecoder(role: .client, limits: limits)
        let bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        key = String(decoding: Base64.encode(bytes[...]), as: UTF8.self)
    }

    var isWritable: Bool { isOpen && !isOver }

    func open() {
        let server = template.server
        stream = ServerStream(host: server.host, port: server.port, delegate: self)
        var fields = [
            ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Key", key),
            ("Sec-WebSocket-Version", "13"),
        ]
        if let deflate {
            let offer = MessageDeflateAgreement.offer(deflate.negotiation)
            fields.append(("Sec-WebSocket-Extensions", offer.header))
        }
        stream?.write(template.request("GET", target.target(name), more: fields))
    }

    func send(_ packets: [QueuedPacket]) {
        for queued in packets {
            if case .binary(let bytes) = queued.packet {
                write(.binary, message: bytes, queued.isCompressible)
            } else if let text = queued.packet.text {
                write(.text, message: text, queued.isCompressible)
            }
        }
        delegate?.transportDrained(self)
    }

    private func write(_ opcode: WebSocketOpcode, _ payload: [UInt8]) {
        stream?.write(masked(opcode, payload))
    }

    private func masked(_ opcode: WebSocketOpcode, _ payload: [UInt8]) -> [UInt8] {
        let mask = UInt32.random(in: .min ... .max)
        return FrameEncoder.encodeMasked(opcode, payload[...], key: mask)
    }

    /// A whole message, compressed if that was agreed on.
    private func write(_ type: WebSocketOpcode, message: [UInt8], _ isCompressible: Bool) {
        guard isCompressible, let compressed = compressor?.compress(message[...]) else {
            return write(type, message)
        }
        var frame = masked(type, compressed)
        FrameEncoder.mark(&frame)
        stream?.write(frame)
        guard let time = deflate?.idleContextTime else { return }
        idleTimer?.cancel()
        idleTimer = EventLoop.shared.timer(after: time) { [weak self] in
            self?.compressor?.dropContext()
        }
    }

    func portion(of packets: [QueuedPacket], maxPayload: Int) -> Int { packets.count }

    /// Not used: no transport takes over from a WebSocket.
    func pause(_ done: @escaping () -> Void) { done() }
    func resume() {}

    func close() {
        guard !isOver else { return }
        isOver = true
        if isOpen { write(.close, FrameEncoder.closePayload(.normal, reason: "")) }
        stream?.close()
    }

    private func end(_ reason: ClientDisconnectReason, _ problem: String) {
        guard !isOver else { return }
        isOver = true
        stream?.close()
        delegate?.transport(self, ended: reason, "websocket error: \(problem)")
    }

    // MARK: - From the stream

    func received(_ bytes: ArraySlice<UInt8>) {
        do {
            if isOpen {
                decoder.feed(bytes)
            } else {
                handshake.feed(bytes)
                guard let response = try handshake.nextResponse() else { return }
                try check(response)
                isOpen = true
                decoder.feed(handshake.takeRemainder()[...])
                opened?()
            }
            while !isOver, let incoming = try decoder.next() { handle(incoming) }
        } catch let error as WebSocketError {
            write(.close, FrameEncoder.closePayload(error.closeCode, reason: error.description))
            end(.transportError, error.description)
        } catch {
            end(.transportError, "\(error)")
        }
    }

    func closed(_ problem: String) { end(isOpen ? .transportClose : .transportError, problem) }

    /// Spec: RFC 6455 §4.1, items 1 to 4 of the server's response
    private func check(_ response: HTTPResponse) throws {
        guard response.status == .switchingProtocols,
            response.fields.has("websocket", in: "Upgrade"),
            let accept = response.fields["Sec-WebSocket-Accept"],
            Array(accept.utf8) == OpeningHandshake.acceptValue(forKey: Array(key.utf8)[...])
        else {
            let text = String(decoding: response.body.prefix(200), as: UTF8.self)
            throw ClientError.transport("the server answered \(response.status.code) \(text)")
        }
        guard let field = response.fields["Sec-WebSocket-Extensions"] else { return }
        guard let deflate,
            let agreement = try MessageDeflateAgreement.confirm(
                field, offered: deflate.negotiation)
        else {
            throw ClientError.transport("the server answers with an extension: \(field)")
        }
        decoder.restorer = MessageRestorer(agreement, isServer: false, limit: maxMessageSize)
        compressor = MessageCompressor(agreement, deflate, isServer: false)
    }

    private func handle(_ incoming: Incoming) {
        switch incoming {
        case .text(let text):
            guard let packet = try? EngineIOPacket.decode(text: text[...]) else {
                return end(.parseError, "the server sent a text that is no packet")
            }
            delegate?.transport(self, received: packet)
        case .binary(let bytes): delegate?.transport(self, received: .binary(bytes))
        case .ping(let data): write(.pong, data)
        case .pong: break
        case .close(let code, let reason):
            write(.close, code.map { FrameEncoder.closePayload($0, reason: "") } ?? [])
            end(.transportClose, "closed by the server (\(code?.rawValue ?? 1005) \(reason))")
        }
    }
}
