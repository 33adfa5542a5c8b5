// What a route gets to see of a request, and the place for the answer, which may come at once,
// after an await, or, for a poll, in half a minute. In: a decoded request. Out: its parts, parsed
// when asked for; a response. Next: HTTPConnection.swift, which sends it;
// More/Requests/RequestParts.swift.

import EngineSockets
import HTTPWire

/// A request, as a route sees it.
public nonisolated struct Request: Sendable {
    /// The request line and the fields.
    public internal(set) var head: HTTPRequestHead
    /// The body's bytes; empty if there was none.
    public let body: [UInt8]
    var peer: SocketAddress
    /// What More keeps with a request.
    var extras: (any AnyObject & Sendable)?

    /// The client's IP address; behind a proxy the proxy's, unless `trustedProxies` names it.
    public var address: String { peer.host }
}

/// A request that a session, its sockets and its WebSocket keep, once for all of them.
nonisolated final class KeptRequest: Sendable {
    let value: Request
    init(_ value: Request) { self.value = value }
}

/// Hears that the client did not wait for the answer.
protocol ExchangeObserver: AnyObject {
    func exchangeAborted(_ exchange: HTTPExchange)
}

/// One request and the place for its answer.
final class HTTPExchange {
    @exclusivity(unchecked) var request: Request  // See EventLoop.
    weak var observer: (any ExchangeObserver)?
    /// Adds fields to the answer; see More/Hooks/HookedRequest.swift.
    @exclusivity(unchecked) var decoration: (any AnswerDecoration)?
    /// Gets the next answer in the client's place; see More/Requests/RouteMiddleware.swift.
    @exclusivity(unchecked) var diversion: ((HTTPResponse) -> Void)?
    /// Nil: answered.
    @exclusivity(unchecked) private(set) var connection: HTTPConnection?

    init(request: Request, connection: HTTPConnection?) {
        self.request = request
        self.connection = connection
    }
    nonisolated deinit {}  // See Ack.

    /// Answers. A second answer, or one to a client that has gone, has no effect.
    func respond(_ response: consuming HTTPResponse) {
        if let diversion = diversion.take() { return diversion(response) }
        let connection = connection.take()
        decoration?.decorate(&response)
        connection?.respond(to: self, with: response)
    }

    /// Answers with what a route's handler returns. That one throws is the program's mistake: the
    /// log has it, the client a 500.
    func respond(by handler: (Request) throws -> Response) {
        do {
            respond(try handler(request))
        } catch {
            if let response = response(for: error) { return respond(response) }
            Log.write("a route failed: \(error)")
            respond(.status(.internalServerError))
        }
    }

    /// Instead of an answer: closes the connection.
    func abandon() { connection.take()?.abandon(self) }

    /// Instead of an answer: takes the connection over for another protocol.
    func takeStream() -> (stream: TCPStream, remainder: [UInt8])? {
        let taken = connection.take()
        diversion.take()?(HTTPResponse(status: .switchingProtocols))
        return taken?.detach()
    }
}
