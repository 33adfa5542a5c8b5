// Why a request got no connection, for a program that counts or logs such things.
// In: the error, and the request. Out: the reference's words for it, with what was wrong.
// Next: EngineHooks.swift.

import EngineIOWire
import HTTPWire

/// A request under a Socket.IO server's path that was refused: the reference's `connection_error`.
public nonisolated struct EngineConnectionError: Sendable {
    /// The request.
    public let request: Request
    /// The reference's number: 0 transport unknown, 1 session unknown, 2 bad handshake method,
    /// 3 bad request, 4 forbidden, 5 unsupported protocol version.
    public let code: Int
    /// The reference's words for the number: `Session ID unknown`.
    public let message: String
    /// More about it, by the reference's names: `transport` (0), `sid` (1), `method` (2), `name`
    /// such as `TRANSPORT_MISMATCH` with what it is about (3), `message` (4), `protocol` (5).
    /// Beyond the reference: `BODY_TOO_LARGE` (3) with `length`, if the client has said it, and
    /// `limit` in bytes; the answer is 413, the request has no `body`, and the session lives on.
    public let context: [String: String]

    /// What was wrong with a request.
    @MainActor static func context(
        of error: EngineIOError, _ head: HTTPRequestHead, _ server: EngineIOServer
    ) -> [String: String] {
        switch error {
        case .unknownTransport: return ["transport": head.queryValue("transport") ?? ""]
        case .unknownSessionID: return ["sid": head.queryValue("sid") ?? ""]
        case .badHandshakeMethod: return ["method": head.method]
        case .unsupportedProtocolVersion: return ["protocol": head.queryValue("EIO") ?? "3"]
        case .forbidden:
            var context = ["message": error.rawValue]
            if !server.mayConnect(head) {
                context["name"] = "INVALID_ORIGIN"
                context["origin"] = head.fields["Origin"]
            }
            return context
        case .badRequest: return badRequest(head, server)
        }
    }

    @MainActor private static func badRequest(
        _ head: HTTPRequestHead, _ server: EngineIOServer
    ) -> [String: String] {
        let transport = head.queryValue("transport") ?? ""
        let previous = head.queryValue("sid").flatMap { server.sessions[$0]?.transport }
        // A WebSocket that was asked for in the right place, and not in the right words.
        guard previous != nil || !head.asksForWebSocket || transport == "polling"
        else { return ["name": "TRANSPORT_HANDSHAKE_ERROR", "transport": transport] }
        var context = ["name": "TRANSPORT_MISMATCH", "transport": transport]
        context["previousTransport"] = previous?.rawValue
        return context
    }
}
