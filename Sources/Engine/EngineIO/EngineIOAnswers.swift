// What an Engine.IO server says over HTTP: payloads, "ok", refusals, and the client's script.
// In: bodies. Out: responses with the fields that clients and caches look at.
// Next: EngineIOServer.swift.

import EngineBytes
import EngineIOWire
import Foundation
import HTTPWire
import EngineSockets

extension EngineIOServer {
    /// The answer to a poll. It is nobody else's, and good for once only.
    func pollResponse(_ body: PollBody, _ head: HTTPRequestHead) -> HTTPResponse {
        response(body.bytes, body.type, .ok, head)
    }

    /// The answer to a POST.
    func postResponse(_ head: HTTPRequestHead) -> HTTPResponse {
        response(Array("ok".utf8), "text/html", .ok, head)
    }

    /// A client has sent more at once than it may: it hears 413, the program and the log the
    /// reason.
    func refusedBody(of head: HTTPRequestHead, from peer: SocketAddress) {
        let most = options.maxHttpBufferSize
        let length = head.fields["Content-Length"].map { "\($0) bytes" } ?? "too many bytes"
        Log.write(
            "a \(head.method) of \(length) to \(options.path) was refused with 413: at most \(most) "
                + "are taken, base64 counted as it is (SocketServerOptions.maxHttpBufferSize)")
        let request = Request(head: head, body: [], peer: peer)
        companion?.refusedBody(of: request, limit: most)
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
        decorate(&response, for: head)
        return response
    }
}

/// What is said to a poll.
struct PollBody {
    let bytes: [UInt8]
    var type = "text/plain; charset=UTF-8"
}

extension PollBody {
    /// Packets in the form of today.
    init(_ packets: [OutgoingPacket]) {
        var body: [UInt8] = []
        for packet in packets {
            if packet.isBinary {
                EngineIOPayload.append(binary: packet.payload, to: &body)
            } else {
                EngineIOPayload.append(text: packet.payload, to: &body)
            }
        }
        bytes = body
    }
}

extension Session {
    /// Packets as the client's polls want them.
    func body(of packets: [OutgoingPacket]) -> PollBody {
        dialect?.body(of: packets) ?? PollBody(packets)
    }

    /// The packets of a POST. Throws why they cannot be read.
    func packets(in request: Request) throws(EngineIOPacketError) -> [EngineIOPacket] {
        if let dialect {
            guard let packets = dialect.packets(in: request) else { throw .badOldPayload }
            return packets
        }
        guard UTF8Validator.isValid(request.body[...]) else { throw .notUTF8 }
        return try EngineIOPayload.decode(request.body[...])
    }
}

/// Serves the browser's half of Socket.IO.
final class ClientScript {
    /// The names that pages ask for, as with the reference, and the files in `Public`. Ours are not
    /// minified; the names are there so that a page needs no change.
    static let files = [
        "socket.io.js": "socket.io.js", "socket.io.min.js": "socket.io.js",
        "socket.io.esm.js": "socket.io.esm.js", "socket.io.esm.min.js": "socket.io.esm.js",
    ]

    private var hasReported = false

    /// The program's own `Public` first; then the one beside these sources, for programs that use
    /// the engine as a library.
    private lazy var folders: [Pages] = {
        let sources = PublicFolder.search(upwardsFrom: URL(filePath: #filePath))
        let urls = [try? PublicFolder.find(), sources].compactMap { $0 }
        return urls.map { Pages(root: $0, folder: ".") }
    }()

    func response(named name: String, to head: HTTPRequestHead) -> HTTPResponse {
        guard head.hasMethod("GET") || head.hasMethod("HEAD") else {
            return .methodNotAllowed(Routes.allowed(["GET"]))
        }
        let file = Self.files[name] ?? name
        for folder in folders {
            let known = head.fields["If-None-Match"]
            if let found = folder.response(forPath: "/" + file, ifNoneMatch: known) { return found }
        }
        let problem =
            "\(file) was not found: copy it out of this package's folder Public into a folder of that "
            + "name beside the program, or name its folder with PUBLIC_DIR=…"
        if !hasReported { Log.write(problem) }
        hasReported = true
        return .text("\(problem)\n", .notFound)
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
