// In: a request. Out: the 101 that turns its connection into a WebSocket, or the answer that says
// why not: the guards stand in the RFC's order. Spec: RFC 6455 §4.2. Next: MessageDecoder.swift;
// More/Subprotocols.swift.

import EngineBytes
import HTTPWire

/// Why a request does not open a WebSocket.
package struct HandshakeError: Error, Equatable {
    /// 426 when the version differs, 400 otherwise.
    package private(set) var status: HTTPStatus = .badRequest
    /// What was expected.
    package let reason: String

    /// The answer.
    package var response: HTTPResponse {
        var response = HTTPResponse(status: status, body: Array("\(reason)\n".utf8))
        response.fields.add("Content-Type", "text/plain; charset=utf-8")
        if status == .upgradeRequired { response.fields.add("Sec-WebSocket-Version", "13") }
        return response
    }
}

/// The server's side of the opening handshake.
package enum OpeningHandshake {
    /// Checks a request and writes the 101.
    /// Spec: RFC 6455 §4.2.1, §4.2.2
    package static func accept(_ head: HTTPRequestHead) throws(HandshakeError) -> HTTPResponse {
        // 1. "An HTTP/1.1 or higher GET request"
        guard head.hasMethod("GET"), head.minorVersion >= 1 else {
            throw HandshakeError(reason: "a WebSocket is opened by a GET of HTTP/1.1")
        }
        // 2. "A |Host| header field": the HTTP decoder has seen to it.
        // 3. "An |Upgrade| header field containing the value "websocket""
        guard head.asksForWebSocket else {
            throw HandshakeError(reason: "a WebSocket endpoint needs the field Upgrade: websocket")
        }
        // 4. "A |Connection| header field that includes the token "Upgrade""
        guard head.saysUpgrade else {
            throw HandshakeError(reason: "the field Connection: Upgrade is missing")
        }
        // 5. "A |Sec-WebSocket-Key| header field with a base64-encoded value that, when decoded,
        //    is 16 bytes in length"
        let key = head.webSocketKey
        guard Base64.decode(key)?.count == 16 else {
            throw HandshakeError(reason: "Sec-WebSocket-Key must be 16 bytes in base64, once")
        }
        // 6. "A |Sec-WebSocket-Version| header field, with a value of 13"
        guard head.hasVersion13 == true else {
            throw HandshakeError(
                status: .upgradeRequired, reason: "Sec-WebSocket-Version must be 13")
        }
        // 8. "Optionally, a |Sec-WebSocket-Protocol| header field": More chooses of its list.
        var lines: [UInt8] = []
        lines.reserveCapacity(128)
        lines.append(literal: "Upgrade: websocket\r\nConnection: Upgrade\r\n")
        lines.append(literal: "Sec-WebSocket-Accept: ")
        lines += acceptValue(forKey: key)
        lines.append(literal: "\r\n")
        return HTTPResponse(status: .switchingProtocols, fields: HTTPFields(lines: lines[...]))
    }

    /// What proves that the server has understood: a hash of the client's key, in base64.
    /// Spec: RFC 6455 §4.2.2 item 5.4
    package static func acceptValue(forKey key: ArraySlice<UInt8>) -> [UInt8] {
        var salted: [UInt8] = []
        salted.reserveCapacity(60)
        salted += key
        salted.append(literal: "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
        return Base64.encode(SHA1.digest(salted)[...])
    }
}
