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
    public func onText(_ handler: @escaping @MainActor (String) -> Void) {
        callbacks.text = handler
    }

    /// Calls `handler` for each binary message, in order.
    public func onBinary(_ handler: @escaping @MainActor (Data) -> Void) {
        callbacks.binary = handler
    }

    /// Calls `handler` once, when the connection is over.
    public func onClose(_ handler: @escaping @MainActor (WebSocketEnd) -> Void) {
        callbacks.close = handler
    }

    /// Sends a binary message. After the end: no effect.
    public func send(_ data: Data) { send(data, compress: true) }

    /// Sends a binary message; with `compress` false as it is, whatever was agreed on.
    public func send(_ data: Data, compress: Bool) { send(.binary, Array(data), compress) }

    /// Sends a text message; with `compress` false as it is, whatever was agreed on.
    public func send(_ text: String, compress: Bool) { send(.text, Array(text.utf8), compress) }

    private func send(_ type: WebSocketOpcode, _ payload: [UInt8], _ compress: Bool) {
        let frame = FrameEncoder.encode(type, payload)
        if isOpen { send(frame: compress ? outgoing(frame) : frame) }
    }

    private var callbacks: WebSocketCallbacks {
        if let callbacks = handler as? WebSocketCallbacks { return callbacks }
        let callbacks = WebSocketCallbacks()
        handler = callbacks
        return callbacks
    }
}
