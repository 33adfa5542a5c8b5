// The parts of what a client said when it came, by the reference's names. In: its request, the data
// of its CONNECT packet. Out: their parts. Next: SocketIO/Socket.swift.

import EngineSockets
import Foundation
import HTTPWire
import SocketIOEvents

extension Handshake {
    /// The fields of the request: `handshake.headers["Cookie"]`.
    public var headers: HTTPFields { request.fields }

    /// The client's IP address; behind a proxy the proxy's, unless `App.trustedProxies` names it.
    public var address: String { request.address }

    /// Whether the request came from a page: browsers say which one's site they ask for.
    public var xdomain: Bool { request.fields["Origin"] != nil }

    /// Whether the connection is encrypted. This server's own never is; a proxy in front of it says
    /// so, if `App.trustedProxies` names it.
    public var secure: Bool { request.isSecure }

    /// The address that was asked for, with its query.
    public var url: String { request.head.target }

    /// When the socket came.
    public var time: Date { Date(timeIntervalSince1970: Double(issued) / 1000) }

    /// What the client gave as `auth`; an empty object if nothing.
    public var auth: JSON {
        guard let payload else { return [:] }
        if let auth = payload.decode(JSON.self) { return auth }
        Log.write("a client's auth has a number that is too large; it counts as empty")
        return [:]
    }
}
