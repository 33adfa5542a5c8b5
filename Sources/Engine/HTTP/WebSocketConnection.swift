// A WebSocket over a TCP stream that HTTP has handed over: messages in, messages out, and a
// closing handshake both sides agree on.
// In: bytes. Out: messages for one handler, and once the end. Next: WebSocketWire for the rules,
// Engine/EngineIO/Session.swift for the handler that matters most.

import Foundation
import HTTPWire
import Sockets
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
    /// The reason that came with it.
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
    private var decoder: MessageDecoder
    private var closing = ClosingHandshake()
    private var hasReported = false
    private var callbacks: Callbacks?

    /// Takes over an open stream, after the 101.
    init(stream: TCPStream, request: Request, limits: WebSocketLimits) {
        self.stream = stream
        self.request = request
        decoder = MessageDecoder(role: .server, limits: limits)
        stream.delegate = self
    }

    // MARK: - In

    func received(_ bytes: ArraySlice<UInt8>) {
        guard closing.acceptsInput else { return }
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
        case .text, .binary, .ping, .pong: break
        case .close(let code, let reason): carryOut(closing.receiveClose(code, reason: reason))
        }
    }
}
