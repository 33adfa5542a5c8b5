// What a route gets to see of a request, and the place for the answer, which may come at once,
// after an await, or, for a poll, in half a minute. In: a decoded request. Out: its parts, parsed
// when asked for; a response. Next: HTTPConnection.swift, which sends it.

import EngineSockets
import HTTPWire

/// A request, as a route sees it.
public struct Request {
    /// The request line and the fields.
    public let head: HTTPRequestHead
    /// The body's bytes; empty if there was none.
    public let body: [UInt8]
    let peer: SocketAddress

    /// The method: `GET`.
    public var method: String { head.method }

    /// The path without its query, percent-decoded: `/chat`.
    public var path: String { head.path }

    /// The fields (headers), by name in any case.
    public var fields: HTTPFields { head.fields }

    /// The body as text, or nil when it is not UTF-8.
    public var text: String? { String(validating: body, as: UTF8.self) }

    /// The client's IP address. Behind a proxy that is the proxy's.
    public var address: String { peer.host }
}

/// Hears that the client did not wait for the answer.
protocol ExchangeObserver: AnyObject {
    func exchangeAborted(_ exchange: HTTPExchange)
}

/// One request and the place for its answer.
final class HTTPExchange {
    let request: Request
    weak var observer: (any ExchangeObserver)?
    /// Adds fields to the answer; see More/Hooks/HookedRequest.swift.
    var decoration: (any AnswerDecoration)?
    /// Nil: answered.
    private var connection: HTTPConnection?

    init(request: Request, connection: HTTPConnection) {
        self.request = request
        self.connection = connection
    }

    /// Whether the client is still there to read an answer.
    var isOpen: Bool { connection?.stream.isOpen == true }

    /// Answers. A second answer, or one to a client that has gone, has no effect.
    func respond(_ response: consuming HTTPResponse) {
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
            Log.write("a route failed: \(error)")
            respond(.status(.internalServerError))
        }
    }

    /// Instead of an answer: closes the connection.
    func abandon() { connection.take()?.abandon(self) }

    /// Instead of an answer: takes the connection over for another protocol.
    func takeStream() -> (stream: TCPStream, remainder: [UInt8])? { connection.take()?.detach() }
}
