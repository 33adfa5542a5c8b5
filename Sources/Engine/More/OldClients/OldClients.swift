// `options.allowEIO3 = true`: lets clients of Socket.IO 2 in, which speak Engine.IO 3.
// In: the request that opens a session. Out: its dialect. Next: OldDialect.swift.

import EngineBytes
import EngineIOWire
import Foundation
import HTTPWire
import SocketIOWire

extension SocketServerOptions {
    /// Whether clients of Socket.IO 2 may connect too, beside those of today; false unless told.
    /// Their pages name no version, or `EIO=3`.
    ///
    /// They are in the main namespace without asking, and a query behind a namespace's name arrives
    /// as `handshake.auth`. JSONP is not supported (`j=` in the query, code 5). Such a client
    /// computes its `socket.id` from the session's id, which is a secret here; so it is another
    /// than the `socket.id` that the server knows it by.
    public var allowEIO3: Bool {
        get { oldClients != nil }
        set { oldClients = newValue ? OldClients() : nil }
    }
}

extension Session {
    /// The version of Engine.IO that the client speaks: 4, or 3 if `allowEIO3` let it in.
    public var protocolVersion: Int { dialect == nil ? 4 : 3 }
}

/// Knows clients of Engine.IO 3.
final class OldClients: OldClientSupport {
    /// As in the reference, no version at all is version 3.
    func speaks(_ head: HTTPRequestHead) -> Bool {
        guard head.queryBytes(named: "j") == nil else { return false }
        return head.queryBytes(named: "EIO")?.elementsEqual("3".utf8) ?? true
    }

    func dialect(for session: Session) -> (any SessionDialect)? {
        guard speaks(session.request.head) else { return nil }
        return OldDialect(session: session, options: session.server.options)
    }

    /// A query's names and values; of a name that comes twice, the first.
    static func query(_ text: ArraySlice<UInt8>) -> [String: String] {
        var values: [String: String] = [:]
        for item in text.split(separator: .ampersand) {
            let parts = item.split(
                separator: .equals, maxSplits: 1, omittingEmptySubsequences: false)
            let words = parts.map { part in
                let text = String(decoding: part, as: UTF8.self)
                return text.replacing("+", with: " ").removingPercentEncoding ?? text
            }
            if values[words[0]] == nil { values[words[0]] = words.count > 1 ? words[1] : "" }
        }
        return values
    }

    /// A JSON object that this server has written.
    static func json(_ text: ArraySlice<UInt8>) -> JSON? {
        var decoder = SocketIOPacketDecoder()
        guard case .connect(_, let payload) = try? decoder.decode(text: [0x30] + text) else {
            return nil
        }
        return payload?.decode(JSON.self)
    }
}
