// What a bare WebSocket endpoint has: closures (`onText`, `onBinary`, `onClose`), bytes to send.
// In: closures. Out: a handler that calls them. Next: HTTP/WebSocketConnection.swift.

import Foundation
import WebSocketWire

/// Calls what a program has given for each event.
private final class WebSocketCallbacks: WebSocketHandler {
    var text: ((String) -> Void)?
    var binary: ((Data) -> Void)?
    var close: ((WebSocketEnd) -> Void)?

    func received(text bytes: [UInt8]) { text?(String(decoding: bytes, as: UTF8.self)) }
    func received(binary bytes: [UInt8]) { binary?(Data(bytes)) }
    func webSocketClosed(_ end: WebSocketEnd) { close?(end) }
}

extension WebSocketConnection {
    /// Calls `handler` for each text message, in order.
    public func onText(_ handler: @escaping (String) -> Void) { callbacks.text = handler }

    /// Calls `handler` for each binary message, in order.
    public func onBinary(_ handler: @escaping (Data) -> Void) { callbacks.binary = handler }

    /// Calls `handler` once, when the connection is over.
    public func onClose(_ handler: @escaping (WebSocketEnd) -> Void) { callbacks.close = handler }

    /// Sends a binary message. After the end: no effect.
    public func send(_ data: Data) { send(frame: FrameEncoder.encode(.binary, Array(data))[...]) }

    private var callbacks: WebSocketCallbacks {
        if let callbacks = handler as? WebSocketCallbacks { return callbacks }
        let callbacks = WebSocketCallbacks()
        handler = callbacks
        return callbacks
    }
}
