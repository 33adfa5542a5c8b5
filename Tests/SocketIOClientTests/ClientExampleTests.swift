// The articles' code, run with a server: it does what the articles say.
// Next: ClientExamples.swift.

import Engine
import Foundation
import SocketIOClient
import TestSupport
import Testing

@Suite("The client articles' code", .serialized, .closesServers)
struct ClientExampleTests {
    /// A server, and a client that is connected to it.
    private func pair(
        _ connected: @escaping @MainActor (Socket) -> Void
    ) async throws -> (SocketServer, ClientSocket) {
        let io = try closing(SocketServer(port: 0))
        io.onConnection(connected)
        let url = "http://127.0.0.1:\(try #require(io.port))"
        let socket = try ClientSocket.connect(url, TransportMode.websocket.options)
        try await socket.waitUntilConnected()
        return (io, socket)
    }

    @Test("it listens, answers, and reads events one by one until it has heard enough")
    func listening() async throws {
        var remote: Socket?
        let (_, socket) = try await pair { remote = $0 }
        let server = try #require(remote)
        listen(socket)
        hearEverything(socket)
        answer(socket) { "I think \($0)" }
        hearOfTheConnection(socket)
        #expect(socket.listenerCount("noise") == 0)
        #expect(socket.listenerCount("welcome") == 1)
        #expect(try await server.emitWithAck("who are you?", as: String.self) == "Ada")
        #expect(try await server.emitWithAck("question", "so", as: String.self) == "I think so")
        server.emit("welcome")
        async let taken: Void = takeOneAtATime(socket)
        try await eventually("it listens") { socket.listenerCount("chat message") == 2 }
        for text in ["hello", "bye"] { server.emit("chat message", text) }
        await taken
        try await eventually("it has stopped") { socket.listenerCount("chat message") == 1 }
        #expect(socket.listenerCount("welcome") == 0)
        server.disconnect()
        try await eventually("it has come back") { socket.connected && remote !== server }
        socket.disconnect()
    }

    @Test("it emits and asks")
    func emitting() async throws {
        var heard: [String] = []
        let (_, socket) = try await pair { socket in
            socket.onAny { event, arguments in heard.append("\(event) \(arguments.count)") }
            socket.on("add") { (a: Int, b: Int) in a + b }
            socket.on("name?") { () in "server" }
        }
        emit(socket)
        let (sum, name) = try await ask(socket)
        #expect(sum == 3 && name == "server")
        askWithAClosure(socket)
        try await eventually("asked") { heard.count == 7 }
        #expect(
            heard == [
                "chat message 3", "picture 1", "user 1", "position 2", "add 2", "name? 0",
                "name? 0",
            ])
        #expect(limitAnswers().ackTimeout == 10_000)
        socket.disconnect()
    }

    @Test("after a loss without recovery it asks for what came after the last number")
    func loss() async throws {
        var remote: Socket?
        var asked: [Int] = []
        let (_, socket) = try await pair { server in
            remote = server
            server.on("get history") { (number: Int) in asked.append(number) }
        }
        var shown: [String] = []
        catchUp(socket) { shown.append($0) }
        remote?.emit("chat message", 7, "hello")
        try await eventually("shown") { shown == ["hello"] }
        remote?.conn.close()
        try await eventually("it is back and asks") { asked == [7] }
        socket.disconnect()
    }

    @Test("two namespaces share a connection; auth is asked for at each")
    func sharing() async throws {
        let sockets = try shareAConnection()
        for socket in sockets { socket.disconnect() }
        #expect(sockets.map(\.namespace) == ["/", "/admin"])
        #expect(sockets[0].manager === sockets[1].manager)
        var tokens: [String] = []
        let (_, socket) = try await pair { server in
            tokens.append(server.handshake.auth["token"]?.string ?? "none")
        }
        askForTheToken(socket) { "fresh" }
        socket.disconnect()
        socket.connect()
        try await socket.waitUntilConnected()
        #expect(tokens == ["none", "fresh"])
        socket.disconnect()
    }
}
