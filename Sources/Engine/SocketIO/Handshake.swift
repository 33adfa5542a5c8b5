// What a client said about itself when it came: the request that opened its connection, and the
// data of its CONNECT packet. In: both. Out: their parts. Next: Socket.swift.

import Foundation
import HTTPWire
import SocketIOWire
import EngineSockets

/// The beginnings of a socket.
public struct Handshake {
    /// The request that opened the connection.
    public let request: Request
    let payload: JSONText?
    /// When the socket came, in milliseconds since 1970.
    public let issued: Int

    init(request: Request, payload: JSONText?, issued: Int) {
        self.request = request
        self.payload = payload?.copied()
        self.issued = issued
    }

    /// The fields of the request: `handshake.headers["Cookie"]`.
    public var headers: HTTPFields { request.fields }

    /// The client's IP address. Behind a proxy that is the proxy's.
    public var address: String { request.address }

    /// Whether the request came from a page: browsers say which one's site they ask for.
    public var xdomain: Bool { request.fields["Origin"] != nil }

    /// Whether the connection is encrypted. This server's own never is; a proxy in front of it
    /// says so in `X-Forwarded-Proto`, which anyone can write.
    public var secure: Bool { false }

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
