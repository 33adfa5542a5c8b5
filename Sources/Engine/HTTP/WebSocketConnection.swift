// A WebSocket over a TCP stream that HTTP has handed over: messages in, messages out, and a
// closing handshake both sides agree on.
// In: bytes. Out: messages for one handler, and once the end. Next: WebSocketWire for the rules,
// EngineIO/OverWebSocket.swift for the handler that matters most.

import EngineSockets
import HTTPWire
import WebSocketWire

/// Gets what a WebSocket receives.
protocol WebSocketHandler: AnyObject {
    /// A text message, as valid UTF-8.
    func received(text: [UInt8])
    /// A binary message.
    func received(binary: [UInt8])
    /// The connection is over. Called once.
    func webSocketClosed(_ end: WebSocketEnd)
}

/// How a WebSocket ended.
public nonisolated struct WebSocketEnd: Sendable {
    /// The close code that arrived; `.noStatus` without one, `.abnormal` without a close frame.
    public let code: CloseCode
    /// The reason that came with it; "ping timeout" where the peer was silent for too long.
    public let reason: String
    /// Whether we cut the line because the client read too slowly.
    var wasTooSlow = false
}

extension App {
    /// Turns a request's connection into a WebSocket, or answers why not. The caller sets a
    /// handler and calls `start`.
    func upgrade(_ exchange: HTTPExchange, limits: WebSocketLimits) -> WebSocketConnection? {
        let request = exchange.request
        var accept: HTTPResponse
        let agreed: MessageExtension?
        do {
            accept = try OpeningHandshake.accept(request.head)
            agreed = try agree(request, &accept, limits)
        } catch {
            exchange.respond(error.response)
            return nil
        }
        exchange.decoration?.decorate(&accept)
        guard let (stream, remainder) = exchange.takeStream() else { return nil }
        stream.write(
            accept.encode(isHead: false, keepsAlive: true, minorVersion: 1, date: dateField))
        let connection = WebSocketConnection(stream, request, limits, remainder, app: self)
        if let agreed { (connection.decoder.restorer, connection.extras) = agreed }
        webSockets[ObjectIdentifier(connection)] = connection
        return connection
    }
}

/// A WebSocket connection to one client.
///
/// `app.webSocket("/echo") { connection in connection.onText { connection.send($0) } }`
public final class WebSocketConnection: TCPStreamDelegate {
    /// How long (milliseconds) a client may take to answer our close frame.
    private static let closeTime = 5_000

    /// The request that opened it: its path, query and fields.
    public var request: Request { keptRequest.value }
    let keptRequest: KeptRequest
    /// Gets the messages; held until the end.
    var handler: (any WebSocketHandler)?
    let stream: TCPStream
    /// What More keeps with a WebSocket.
    var extras: AnyObject?
    private weak var app: App?
    // Their methods call nothing of ours: see EventLoop.
    @exclusivity(unchecked) fileprivate var decoder: MessageDecoder
    @exclusivity(unchecked) private var closing = ClosingHandshake()

    /// Takes over an open stream, after the 101, with what the client has sent behind its request.
    init(
        _ stream: TCPStream, _ request: Request, _ limits: WebSocketLimits,
        _ remainder: [UInt8], app: App
    ) {
        self.stream = stream
        keptRequest = KeptRequest(request)
        self.app = app
        decoder = MessageDecoder(role: .server, limits: limits)
        decoder.feed(remainder[...])
        stream.delegate = self
    }
    nonisolated deinit {}  // See Ack.

    /// To be called when the handler is set: messages may have come already.
    func start() { receive() }

    // MARK: - In

    package func received(_ bytes: ArraySlice<UInt8>) {
        guard closing.acceptsInput else { return }
        decoder.feed(bytes)
        receive()
    }

    private func receive() {
        do {
            while closing.acceptsInput, let incoming = try decoder.next() { handle(incoming) }
        } catch {
            carryOut(closing.fail(error))
        }
        if !closing.acceptsInput { decoder.forgetRest() }
    }

    private func handle(_ incoming: consuming Incoming) {
        switch consume incoming {
        case .text(let text) where closing.isOpen: handler?.received(text: text)
        case .binary(let bytes) where closing.isOpen: handler?.received(binary: bytes)
        case .ping(let data) where closing.isOpen: stream.write(FrameEncoder.encode(.pong, data))
        // What comes after our close frame was sent before the peer had read it.
        case .text, .binary, .ping, .pong: break
        case .close(let code, let reason): carryOut(closing.receiveClose(code, reason: reason))
        }
    }

    // MARK: - Out

    /// Whether messages can be sent.
    public var isOpen: Bool { closing.isOpen && stream.isOpen }

    /// Sends a text message. After the end: no effect.
    public func send(_ text: String) {
        send(frame: outgoing(FrameEncoder.encode(.text, Array(text.utf8))))
    }

    /// Sends a frame that is encoded already.
    func send(frame: [UInt8]) {
        if closing.isOpen { stream.write(frame) }
    }

    // MARK: - The end

    /// Closes in order: a close frame, the client's answer within five seconds, the end. `reason`
    /// has at most 123 bytes; what is longer is cut.
    public func close(_ code: CloseCode = .normal, reason: String = "") {
        carryOut(closing.close(code, reason: reason))
        EventLoop.shared.after(Self.closeTime) { [weak stream] in stream?.abort() }
    }

    package func receivedEnd() { carryOut(closing.streamEnded()) }

    package func closed(_ reason: TCPCloseReason) {
        if reason == .tooSlow {
            Log.write(
                "a WebSocket was closed: its client (\(stream.peer.host)) reads too slowly for "
                    + "what is sent to it, or does not read at all")
        }
        carryOut(closing.streamEnded(), wasTooSlow: reason == .tooSlow)
        app?.webSockets[ObjectIdentifier(self)] = nil
    }

    private func carryOut(_ action: ClosingAction, wasTooSlow: Bool = false) {
        if let payload = action.closeFrame { stream.write(FrameEncoder.encode(.close, payload)) }
        switch action.hangUp {
        case .no: break
        case .now: stream.close(lingers: false)
        case .drain: stream.close(lingers: true)
        }
        guard let (code, reason) = action.ended else { return }
        let handler = handler.take()
        handler?.webSocketClosed(WebSocketEnd(code: code, reason: reason, wasTooSlow: wasTooSlow))
    }
}
