// What an Engine.IO server says over HTTP: payloads, "ok", refusals, and the client's script.
// In: bodies. Out: responses with the fields that clients and caches look at.
// Next: EngineIOServer.swift.

import Bytes
import EngineIOWire
import Foundation
import HTTPWire

extension EngineIOServer {
    /// The answer to a poll. It is nobody else's, and good for once only.
    func payloadResponse(_ body: [UInt8], _ head: HTTPRequestHead) -> HTTPResponse {
        response(body, "text/plain; charset=UTF-8", .ok, head)
    }

    /// The answer to a POST.
    func postResponse(_ head: HTTPRequestHead) -> HTTPResponse {
        response(Array("ok".utf8), "text/html", .ok, head)
    }

    /// The answer to a request that has no session, or must not have it.
    func refusal(_ error: EngineIOError, _ head: HTTPRequestHead) -> HTTPResponse {
        let status: HTTPStatus = error == .forbidden ? .forbidden : .badRequest
        return response(error.body, "application/json", status, head)
    }

    private func response(
        _ body: [UInt8], _ type: String, _ status: HTTPStatus, _ head: HTTPRequestHead
    ) -> HTTPResponse {
        var response = HTTPResponse(status: status, body: body)
        response.fields.add("Content-Type", type)
        response.fields.add("Cache-Control", "no-store")
        options.cors?.apply(to: &response, for: head)
        return response
    }
}

/// Serves the browser's half of Socket.IO.
final class ClientScript {
    private lazy var pages: Pages? = (try? PublicFolder.find()).map { Pages(root: $0, folder: ".") }

    func response(to head: HTTPRequestHead) -> HTTPResponse {
        guard head.hasMethod("GET") || head.hasMethod("HEAD") else {
            return .methodNotAllowed(Routes.allowed(["GET"]))
        }
        let found = pages?.response(
            forPath: "/socket.io.js", ifNoneMatch: head.fields["If-None-Match"])
        return found ?? .status(.notFound)
    }
}

/// Ids that nobody can guess: 120 random bits as 20 characters that are safe in a URL.
enum RandomID {
    static func next() -> String {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        for _ in 0..<2 {
            var word = generator.next()
            for _ in 0..<8 {
                bytes.append(UInt8(truncatingIfNeeded: word))
                word >>= 8
            }
        }
        return Base64.encodeURL(Array(bytes.prefix(15)))
    }
}
