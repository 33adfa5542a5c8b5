// The first packet of a session, and what a request that cannot have one is told.
// In: the session's figures. Out: JSON as the official clients read it. Next: SessionState.swift.

/// What the server tells a new client: the data of the open packet.
///
/// Spec: Engine.IO v4 "Handshake"
package struct EngineIOHandshake: Sendable {
    /// The session's id: 20 characters, a secret of this client's.
    package let sid: String
    /// What the client may upgrade to.
    package let upgrades: [EngineIOTransport]
    /// Milliseconds between two pings.
    package let pingInterval: Int
    /// Milliseconds that a pong may take.
    package let pingTimeout: Int
    /// Bytes that one body or message may have; nil: version 3 did not say.
    package let maxPayload: Int?

    package init(
        sid: String, upgrades: [EngineIOTransport], pingInterval: Int, pingTimeout: Int,
        maxPayload: Int?
    ) {
        self.sid = sid
        self.upgrades = upgrades
        self.pingInterval = pingInterval
        self.pingTimeout = pingTimeout
        self.maxPayload = maxPayload
    }

    /// The open packet's text, `0{"sid":…}`. Written by hand: nothing in it needs escaping.
    package var packet: [UInt8] {
        let names = upgrades.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
        var text = "0{\"sid\":\"\(sid)\",\"upgrades\":[\(names)]"
        text += ",\"pingInterval\":\(pingInterval),\"pingTimeout\":\(pingTimeout)"
        if let maxPayload { text += ",\"maxPayload\":\(maxPayload)" }
        return Array((text + "}").utf8)
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
/// Each is answered with status 400 (403 when forbidden) and a body that clients know.
package enum EngineIOError: Int, Error {
    case unknownTransport, unknownSessionID, badHandshakeMethod, badRequest, forbidden
    case unsupportedProtocolVersion

    /// The reference's number for it.
    package var code: Int { rawValue }

    /// The reference's words for it.
    package var message: String {
        switch self {
        case .unknownTransport: "Transport unknown"
        case .unknownSessionID: "Session ID unknown"
        case .badHandshakeMethod: "Bad handshake method"
        case .badRequest: "Bad request"
        case .forbidden: "Forbidden"
        case .unsupportedProtocolVersion: "Unsupported protocol version"
        }
    }

    /// The answer's body: `{"code":1,"message":"Session ID unknown"}`.
    package var body: [UInt8] {
        Array("{\"code\":\(code),\"message\":\"\(message)\"}".utf8)
    }
}
