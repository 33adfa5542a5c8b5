// A session over WebSocket: each message is a packet. In: messages, and the connection's end.
// Out: packets for Session.swift. Next: HTTP/WebSocketConnection.swift, LongPolling.swift.

import EngineIOWire

extension Session: WebSocketHandler {
    func received(text: [UInt8]) {
        do {
            receive(try dialect?.packet(text: text) ?? EngineIOPacket.decode(text: text[...]))
        } catch {
            fail(.parseError, "\(error)", text)
        }
    }

    func received(binary: [UInt8]) {
        do {
            receive(try dialect?.packet(binary: binary) ?? .binary(binary))
        } catch {
            fail(.parseError, "\(error)", binary)
        }
    }

    func webSocketClosed(_ end: WebSocketEnd) {
        webSocket = nil
        switch end.code {
        case .protocolError, .messageTooBig, .invalidPayload:
            let option = end.code == .messageTooBig ? " (maxHttpBufferSize)" : ""
            fail(
                end.code == .invalidPayload ? .transportClose : .transportError,
                "its WebSocket failed with \(end.code.rawValue): \(end.reason)\(option)")
        default: self.end(end.wasTooSlow ? .transportError : .transportClose)
        }
    }
}
