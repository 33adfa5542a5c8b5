// What an Engine.IO server says over HTTP: payloads, "ok" and refusals, with the fields that
// clients and caches look at. Next: EngineIOServer.swift, LongPolling.swift.

import EngineIOWire
import EngineSockets
import HTTPWire

extension EngineIOServer {
    /// Answers; pages of sites that are let in can read it.
    func answer(_ exchange: HTTPExchange, _ response: HTTPResponse) {
        var response = response
        decorate(&response, for: exchange.request.head)
        exchange.respond(response)
    }

    /// Answers a poll, a POST or a wrong request. An answer is good for once only.
    func answer(_ exchange: HTTPExchange, _ body: ResponseBody, _ status: HTTPStatus = .ok) {
        var response = HTTPResponse(status: status, body: body.bytes)
        response.fields.add("Content-Type", body.type)
        response.fields.add("Cache-Control", "no-store")
        answer(exchange, response)
    }

    /// Answers a request that has no session, or must not have it.
    func answer(_ exchange: HTTPExchange, _ error: EngineIOError) {
        answer(
            exchange, (error.body, "application/json"),
            error == .forbidden ? .forbidden : .badRequest)
    }

    /// Answers with an error that the hooks hear of.
    func refuse(_ error: EngineIOError, _ exchange: HTTPExchange) {
        refused(error, exchange)
        answer(exchange, error)
    }

    /// A client has sent more at once than it may: it hears 413, the program and the log the
    /// reason.
    func refusedBody(of head: HTTPRequestHead, from peer: SocketAddress) {
        let most = options.maxHttpBufferSize
        let length = head.fields["Content-Length"].map { "\($0) bytes" } ?? "too many bytes"
        Log.write(
            "a \(head.method) of \(length) to \(options.path) was refused with 413: at most "
                + "\(most) are taken, base64 counted as it is "
                + "(SocketServerOptions.maxHttpBufferSize)"
        )
        refusedBody(of: Request(head: head, body: [], peer: peer), limit: most)
    }

    func decorate(_ response: inout HTTPResponse, for head: HTTPRequestHead) {
        options.cors?.apply(to: &response, for: head)
    }
}

/// The body of an answer, and its Content-Type.
typealias ResponseBody = (bytes: [UInt8], type: String)
