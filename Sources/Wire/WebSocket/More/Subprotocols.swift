// What the messages of a WebSocket mean, if the two sides agree on a name for it. Socket.IO has no
// use for it. In: what a client offers. Out: a field of the 101. Next: ../OpeningHandshake.swift.

import EngineBytes
import HTTPWire

extension OpeningHandshake {
    /// Of the subprotocols that a client offers, `choose` takes one, or none: the 101 says so. What
    /// was not offered is not answered.
    /// Spec: RFC 6455 §4.2.2 item 5.5
    package static func addSubprotocol(
        to response: inout HTTPResponse, for head: HTTPRequestHead,
        choosing choose: ([String]) -> String?
    ) throws(HandshakeError) -> String? {
        let offered = try protocols(in: head)
        guard !offered.isEmpty, let chosen = choose(offered), offered.contains(chosen) else {
            return nil
        }
        response.fields.add("Sec-WebSocket-Protocol", chosen)
        return chosen
    }

    /// The subprotocols that a client offers, in its order: tokens, each named once. The list may
    /// stand in several fields.
    /// Spec: RFC 6455 §4.1 item 10, §11.3.4
    private static func protocols(in head: HTTPRequestHead) throws(HandshakeError) -> [String] {
        guard head.hasProtocols, let list = head.fields["Sec-WebSocket-Protocol"] else {
            return []
        }
        let tokens = Array(list.utf8).split(separator: .comma, omittingEmptySubsequences: false)
            .map(\.trimmed)
        guard tokens.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isToken) }),
            Set(tokens).count == tokens.count
        else {
            throw HandshakeError(
                reason: "Sec-WebSocket-Protocol must be a list of different tokens")
        }
        return tokens.map { String(decoding: $0, as: UTF8.self) }
    }
}
