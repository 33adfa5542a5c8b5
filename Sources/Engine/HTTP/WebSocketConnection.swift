// A WebSocket over a TCP stream that HTTP has handed over: messages in, messages out, and a
// closing handshake both sides agree on.
// In: bytes. Out: messages for one handler, and once the end. Next: WebSocketWire for the rules,
// Engine/EngineIO/Session.swift for the handler that matters most.

import Foundation
import HTTPWire
import EngineSockets
import WebSocketWire

/// Who gets what a WebSocket receives, without a closure for each event.
protocol WebSocketHandler: AnyObject {
    /// A text message, as valid UTF-8.
    func received(text: [UInt8])
    /// A binary message.
    func received(binary: [UInt8])
    /// The connection is over. Called once.
    func webSocketClosed(_ end: WebSocketEnd)
}

/// How a WebSocket ended.
public struct WebSocketEnd {
    /// The close code that arrived; `.noStatus` without one, `.abnormal` without a close frame.
    public let code: CloseCode
    /// The reason that came with it; "ping timeout" where the peer was silent for too long.
    public let reason: String
    /// Whether we cut the line because the client read too slowly.
    let wasTooSlow: Bool
}

/// A WebSocket connection to one client.
///
/// `app.webSocket("/echo") { connection in connection.onText { connection.send($0) } }`
public final class WebSocketConnection: TCPStreamDelegate {
    /// How long (milliseconds) a client may take to answer our close frame.
    private static let closeTime = 5_000

    /// The request that opened it: its path, query and fields.
    public let request: Request
    /// Whoever is told; held until the end.
    var handler: (any WebSocketHandler)?
    let stream: TCPStream
    /// When its peer was last heard of; see WebSocketHeartbeat.swift.
    private(set) var lastHeard = EventLoop.shared.now
    private var decoder: MessageDecoder
    private var closing = ClosingHandshake()
    private let ended: (WebSocketConnection) -> Void

    /// Takes over an open stream, after the 101. `ended` is called when the stream is closed.
    init(
        stream: TCPStream, request: Request, limits: WebSocketLimits,
        ended: @escaping (WebSocketConnection) -> Void
    ) {
        self.stream = stream
        self.request = request
        self.ended = ended
        decoder = MessageDecoder(role: .server, limits: limits)
        stream.delegate = self
    }

    // MARK: - In

    package func received(_ bytes: ArraySlice<UInt8>) {
        guard closing.acceptsInput else { return }
        lastHeard = EventLoop.shared.now
        decoder.feed(bytes)
        do {
            while closing.acceptsInput, let incoming = try decoder.next() { handle(incoming) }
        } catch {
            carryOut(closing.fail(error))
        }
    }

    private func handle(_ incoming: Incoming) {
        switch incoming {
        case .text(let text) where closing.isOpen: handler?.received(text: text)
        case .binary(let bytes) where closing.isOpen: handler?.received(binary: bytes)
        case .ping(let data) where closing.isOpen: stream.write(FrameEncoder.encode(.pong, data))
        // Whatever comes after our close frame was sent before the peer had read it.
        case .text, .binary, .ping, .pong: break
        case .close(let code, let reason): carryOut(closing.receiveClose(code, reason: reason))
        }
    }

    // MARK: - Out

    /// Whether messages can be sent.
    public var isOpen: Bool { closing.isOpen && stream.isOpen }

    /// Sends a text message. After the end: no effect.
    public func send(_ text: String) {
        guard isOpen else { return }
        stream.write(FrameEncoder.encode(.text, Array(text.utf8)))
    }

    /// Sends a binary message. After the end: no effect.
    public func send(_ data: Data) {
        guard isOpen else { return }
        stream.write(FrameEncoder.encode(.binary, Array(data)))
    }

    /// Sends a frame that is encoded already.
    func send(frame: ArraySlice<UInt8>) {
        guard closing.isOpen else { return }
        stream.write(frame)
    }

    /// Closes in order: a close frame, the client's answer, the end. `reason` has at most 123
    /// bytes; what is longer is cut.
    public func close(_ code: CloseCode = .normal, reason: String = "") {
        carryOut(closing.close(code, reason: reason))
        EventLoop.shared.after(Self.closeTime) { [weak stream] in stream?.abort() }
    }

    // MARK: - The end

    private func carryOut(_ action: ClosingAction, wasTooSlow: Bool = false) {
        if let payload = action.closeFrame { stream.write(FrameEncoder.encode(.close, payload)) }
        switch action.hangUp {
        case .no: break
        case .now: stream.close(lingers: false)
        case .drain: stream.close(lingers: true)
        }
        guard let (code, reason) = action.ended else { return }
        let handler = handler
        self.handler = nil
        handler?.webSocketClosed(
            WebSocketEnd(code: code, reason: reason, wasTooSlow: wasTooSlow))
    }

    package func receivedEnd() {
        carryOut(closing.streamEnded())
    }

    /// The peer seems to be gone: a close frame would not reach it.
    func abandon(_ reason: String) {
        carryOut(closing.streamEnded(reason: reason))
        stream.abort()
    }

    package func closed(_ reason: TCPCloseReason) {
        if reason == .tooSlow {
            Log.write(
                "a WebSocket was closed: its client (\(stream.peer.host)) reads too slowly for what "
                    + "is sent to it, or does not read at all")
        }
        carryOut(closing.streamEnded(), wasTooSlow: reason == .tooSlow)
        ended(self)
    }
}

/// A WebSocket whose handler is not set yet. What the client sent right behind its request waits.
struct PendingWebSocket {
    let connection: WebSocketConnection
    let subprotocol: String?
    let remainder: [UInt8]

    /// To be called when the handler is set.
    func start() {
        if !remainder.isEmpty { connection.received(remainder[...]) }
    }
}
