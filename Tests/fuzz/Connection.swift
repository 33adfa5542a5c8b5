// The whole server under one connection: real sockets, the event loop turned by hand. The fuzzer's
// bytes come raw, as messages of a client that has joined, as frames, or as a POST. Whatever they
// are, the server goes on, keeps nothing of them, and another client gets every answer.
// Next: FuzzClient.swift.

import Engine
import Foundation
import EngineSockets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@MainActor
final class ConnectionFuzzer {
    static let shared = ConnectionFuzzer()

    private let app = App()
    private let io: SocketServer
    private let port: Int
    private lazy var witness = joined()
    private var asked = 0

    private init() {
        var options = SocketServerOptions()
        options.maxHttpBufferSize = 5_000
        // The fuzzer's clients answer no heartbeat.
        options.pingInterval = 86_400_000
        options.allowEIO3 = true
        io = SocketServer(app, options)
        let io = io
        io.connectionStateRecovery = ConnectionStateRecovery()
        let rooms = io.of(matching: /^\/room/)
        rooms.cleanupEmptyChildNamespaces = true
        rooms.onConnection { socket in
            socket.on("x") { (value: JSON) in socket.namespace.emit("x", value) }
        }
        io.onConnection { socket in
            socket.onAny { event, arguments in _ = (event, arguments.count) }
            socket.on("ask") { (number: Int) in number }
            socket.on("all") { (value: JSON) in io.emit("all", value) }
            socket.on("join") { (room: String) in socket.join(room) }
            socket.on("to") { (room: String, text: String) in socket.to(room).emit("to", text) }
            socket.on("data") { (value: JSON, ack: Ack) in ack(value) }
            socket.on("call") { (text: String?) in
                socket.emit("call", text) { (_: Result<JSON, AckError>) in }
            }
        }
        io.of("/admin").use { socket in
            if socket.handshake.auth["token"] != "x" { throw ConnectError("no") }
        }
        app.get("/hello") { request in .text(request.query["name"] ?? "") }
        app.post("/echo") { request in .bytes(request.body, type: "text/plain") }
        app.webSocket("/echo") { connection in connection.onText { connection.send($0) } }
        app.allowedHosts = ["x"]
        guard let port = try? app.listen(port: 0, host: "127.0.0.1") else {
            fatalError("no port")
        }
        self.port = port
    }

    func run(_ bytes: ArraySlice<UInt8>, _ cut: Int) {
        check(witness.isOpen && io.clientsCount == 1, "the witness alone is there")
        let client: FuzzClient
        let mode = bytes.first.map { $0 % 4 } ?? 0
        let rest = bytes.dropFirst()
        switch mode {
        case 0:
            client = FuzzClient(port)
            for piece in pieces(rest, cut) { client.send(Array(piece)); turn() }
        case 1:
            client = joined()
            for message in rest.split(separator: 0) { client.send(frame(message)); turn() }
        case 2:
            client = joined()
            for piece in pieces(rest, cut) { client.send(Array(piece)); turn() }
        default:
            client = posted(rest)
        }
        turn()
        closeSessions(of: client)
        // Seldom: a connection that ends in order keeps its port for a minute.
        client.end(inOrder: cut % 8 == 0)
        turn()
        client.close()
        asked += 1
        witness.send(frame(Array("420[\"ask\",\(asked)]".utf8)[...]))
        wait("the witness is answered") { witness.receives("430[\(asked)]") }
        wait("the client is forgotten") { io.clientsCount <= 1 }
    }

    // MARK: - Clients

    /// A client that has joined the main namespace over WebSocket.
    private func joined() -> FuzzClient {
        let client = FuzzClient(port)
        client.send(
            Array(
                ("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n"
                    + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").utf8))
        client.send(frame(Array("40".utf8)[...]))
        wait("a client joins") { client.receives("40{") }
        return client
    }

    /// A client that polls: its session, joined, then what the fuzzer thinks of as a POST.
    private func posted(_ body: ArraySlice<UInt8>) -> FuzzClient {
        let client = FuzzClient(port)
        client.send(
            Array("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
        var sid = ""
        wait("a session is opened") {
            client.receive()
            let text = String(decoding: client.received, as: UTF8.self)
            guard let start = text.range(of: "\"sid\":\"") else { return false }
            sid = String(text[start.upperBound...].prefix(20))
            return sid.count == 20
        }
        for content in [Array("40".utf8), Array(body)] {
            let head =
                "POST /socket.io/?EIO=4&transport=polling&sid=\(sid) HTTP/1.1\r\nHost: x\r\n"
                + "Content-Length: \(content.count)\r\n\r\n"
            client.send(Array(head.utf8) + content)
            turn()
        }
        // Ends the session whatever the body was; a POST that closes it already is not found.
        let head = "POST /socket.io/?EIO=4&transport=polling&sid=\(sid) HTTP/1.1\r\nHost: x\r\n"
        client.send(Array((head + "Content-Length: 1\r\n\r\n1").utf8))
        return client
    }

    /// Sessions over polling outlive their connections, and nobody waits for their heartbeats here.
    private func closeSessions(of client: FuzzClient) {
        client.receive()
        let parts = String(decoding: client.received, as: UTF8.self).components(
            separatedBy: "\"sid\":\"")
        for sid in parts.dropFirst().map({ $0.prefix(20) }) where sid.utf8.count == 20 {
            let other = FuzzClient(port)
            let target = "/socket.io/?EIO=4&transport=polling&sid=\(sid)"
            let head = "POST \(target) HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1"
            other.send(Array(head.utf8))
            turn()
            other.close()
        }
    }

    /// A masked frame: text where it is UTF-8, binary otherwise.
    private func frame(_ payload: ArraySlice<UInt8>) -> [UInt8] {
        let isText = String(validating: payload, as: UTF8.self) != nil
        var bytes: [UInt8] = [isText ? 0x81 : 0x82]
        if payload.count < 126 {
            bytes.append(0x80 | UInt8(payload.count))
        } else {
            bytes += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        }
        return bytes + [0, 0, 0, 0] + payload
    }

    // MARK: - Time

    private func turn() {
        for _ in 0..<3 { EventLoop.shared.turn(waiting: 0) }
    }

    private func wait(_ what: StaticString, _ isTrue: () -> Bool) {
        for _ in 0..<5_000 {
            if isTrue() { return }
            EventLoop.shared.turn(waiting: 1)
        }
        fail(what)
    }
}
