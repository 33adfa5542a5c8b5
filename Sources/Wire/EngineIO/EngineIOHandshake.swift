// The first packet of a session, and what a request that cannot have one is told.
// In: the session's figures. Out: JSON as the official clients read it. Next: SessionState.swift.

extension EngineIOPacket {
    /// The text of the open packet, `0{"sid":…}`: what a new client is told. Written by hand:
    /// nothing in it needs escaping.
    /// - sid: the session's id, a secret of this client's.
    /// - canUpgrade: whether the client may upgrade to WebSocket.
    /// - pingInterval: milliseconds between two pings.
    /// - pingTimeout: milliseconds that a pong may take.
    /// - maxPayload: bytes that one body or message may have; nil: version 3 did not say.
    ///
    /// Spec: Engine.IO v4 "Handshake"
    package static func handshake(
        sid: String, canUpgrade: Bool, pingInterval: Int, pingTimeout: Int, maxPayload: Int?
    ) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(128)
        text.append(literal: "0{\"sid\":\"")
        text.append(contentsOf: sid.utf8)
        text.append(literal: "\",\"upgrades\":[")
        if canUpgrade { text.append(literal: "\"websocket\"") }
        text.append(literal: "],\"pingInterval\":")
        text.append(decimal: pingInterval.magnitude)
        text.append(literal: ",\"pingTimeout\":")
        text.append(decimal: pingTimeout.magnitude)
        if let maxPayload {
            text.append(literal: ",\"maxPayload\":")
            text.append(decimal: maxPayload.magnitude)
        }
        text.append("}")
        return text
    }
}

/// How packets travel.
///
/// Spec: Engine.IO v4 "Transports"
public enum EngineIOTransport: String, Sendable, CaseIterable {
    /// HTTP requests: a GET waits for packets, a POST brings some.
    case polling
    /// One WebSocket: each packet is a message.
    case websocket
}

/// Why a request gets no session, or cannot use the one that it names.
/// Each is answered with status 400 (403 when forbidden) and a body that clients know, in the
/// reference's words.
package enum EngineIOError: String, Error, CaseIterable {
    // In the order of the reference's numbers.
    case unknownTransport = "Transport unknown"
    case unknownSessionID = "Session ID unknown"
    case badHandshakeMethod = "Bad handshake method"
    case badRequest = "Bad request"
    case forbidden = "Forbidden"
    case unsupportedProtocolVersion = "Unsupported protocol version"

    /// The reference's number for it.
    package var code: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The answer's body: `{"code":1,"message":"Session ID unknown"}`.
    package var body: [UInt8] {
        Array("{\"code\":\(code),\"message\":\"\(rawValue)\"}".utf8)
    }
}
