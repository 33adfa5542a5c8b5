// One request and the place for its answer. The answer may come at once, after an await, or, for
// a poll, in half a minute. In: a response. Out: its bytes, through the connection.
// Next: HTTPConnection.swift.

import HTTPWire
import EngineSockets

/// Who wants to know that the client did not wait for the answer.
protocol ExchangeObserver: AnyObject {
    func exchangeAborted(_ exchange: HTTPExchange)
}

final class HTTPExchange {
    let request: HTTPRequest
    weak var observer: (any ExchangeObserver)?
    /// Adds fields to the answer; see More/EngineVisit.swift.
    var decoration: (any AnswerDecoration)?
    private var connection: HTTPConnection?

    init(request: HTTPRequest, connection: HTTPConnection) {
        self.request = request
        self.connection = connection
    }

    /// Whether somebody is still there to read an answer.
    var isOpen: Bool { connection?.stream.isOpen == true }

    /// The client's address.
    var peer: SocketAddress? { connection?.stream.peer }

    /// Answers. A second answer, or one to a client that has gone, has no effect.
    func respond(_ response: HTTPResponse) {
        let connection = connection
        self.connection = nil
        guard let decoration else { return respond(response, through: connection) }
        var response = response
        decoration.decorate(&response)
        respond(response, through: connection)
    }

    private func respond(_ response: HTTPResponse, through connection: HTTPConnection?) {
        connection?.respond(to: self, with: response)
    }

    /// Instead of an answer: closes the connection.
    func abandon() {
        let connection = connection
        self.connection = nil
        connection?.abandon(self)
    }

    /// Instead of an answer: takes the connection over for another protocol.
    func takeStream() -> (stream: TCPStream, remainder: [UInt8])? {
        let connection = connection
        self.connection = nil
        return connection?.detach()
    }
}
