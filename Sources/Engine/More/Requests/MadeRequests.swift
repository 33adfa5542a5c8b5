// A program's routes without a port, for its tests: `await app.respond(to: Request("GET", "/"))`.
// In: a method, a target, fields, a body. Out: a request as the network would have brought it; the
// answer. Next: HTTP/Request.swift, HTTP/App.swift (`handle`).

import EngineSockets
import Foundation
import HTTPWire
import SocketIOEvents
import SocketIOWire

extension Request {
    /// A request that was made here. It is read as one from the network is: what is wrong in it
    /// throws an `HTTPProblem` that says what. Without a Host it has `localhost`; the length of the
    /// body goes without saying.
    public init(
        _ method: String, _ target: String, fields: [String: String] = [:], body: [UInt8] = [],
        address: String = "127.0.0.1"
    ) throws {
        guard let peer = SocketAddress(literal: address) else {
            throw HTTPProblem(.badRequest, "\"\(address)\" is no IP address, such as 127.0.0.1")
        }
        var lines = fields.map { "\($0.key): \($0.value)" }.sorted()
        if !fields.keys.contains(where: { $0.lowercased() == "host" }) {
            lines.insert("Host: localhost", at: 0)
        }
        guard !lines.contains(where: { $0.utf8.contains { $0 == 10 || $0 == 13 } }) else {
            throw HTTPProblem(.badRequest, "a field has a line break in it; a value is one line")
        }
        if !body.isEmpty { lines.append("Content-Length: \(body.count)") }
        let head = "\(method) \(target) HTTP/1.1\r\n\(lines.joined(separator: "\r\n"))\r\n\r\n"
        var limits = HTTPLimits()
        (limits.target, limits.head) = (head.utf8.count, head.utf8.count)
        (limits.fields, limits.body) = (lines.count, body.count)
        var decoder = HTTPRequestDecoder(limits: limits)
        decoder.feed((Array(head.utf8) + body)[...])
        do throws(HTTPError) {
            guard let (head, body) = try decoder.nextRequest() else {
                throw HTTPError.malformedRequestLine
            }
            self.init(head: head, body: body, peer: peer)
        } catch {
            throw HTTPProblem(error.status, error.description)
        }
    }

    /// The same, with a text as its body.
    public init(
        _ method: String, _ target: String, fields: [String: String] = [:], text: String
    ) throws {
        try self.init(method, target, fields: fields, body: Array(text.utf8))
    }
}

extension Handshake {
    /// What a client might say when it comes: for tests of middlewares and handlers. `issued` is in
    /// milliseconds since 1970.
    public init(request: Request, auth: JSON? = nil, issued: Int? = nil) throws {
        let payload = try auth.map { JSONText(Array(try ArgumentsEncoder.text(of: $0).utf8)[...]) }
        self.init(
            keptRequest: KeptRequest(request), payload: payload,
            issued: issued ?? calendarMilliseconds())
    }
}

extension App {
    /// The answer to a request, without a port: by middlewares, routes and pages, as over the
    /// network. What opens a WebSocket needs a connection: 501.
    public func respond(to request: Request) async -> Response {
        guard !request.head.asksForWebSocket else {
            return .text("501 Not Implemented: a WebSocket needs a connection.\n", .notImplemented)
        }
        do { try openPages() } catch { return .text("\(error)\n", .internalServerError) }
        return await withCheckedContinuation { continuation in
            let exchange = HTTPExchange(request: request, connection: nil)
            exchange.diversion = { continuation.resume(returning: $0.part(for: request.head)) }
            handle(exchange)
        }
    }
}
