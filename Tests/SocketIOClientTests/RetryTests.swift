// The options `retries` and `ackTimeout`.

import Engine
import SocketIOClient
import TestSupport
import Testing

@Suite("Retries", .serialized, .closesServers)
struct RetryTests {
    /// The acknowledgement id in `427["a"]`.
    private func id(_ text: String) -> String {
        String(text.dropFirst(2).prefix { $0.isNumber })
    }

    private func event(_ text: String) -> String {
        String(text.dropFirst(2).drop { $0.isNumber })
    }

    @Test("events go one by one, each until it is acknowledged or given up, in order")
    func order() async throws {
        let server = try ScriptedServer()
        let socket = try server.client { options in
            options.retries = 2
            options.ackTimeout = 60_000
        }
        var log: [String] = []
        socket.emit("a", 1) { (answer: String) in log.append(answer) }
        socket.timeout(30).emit("b") { (answer: Result<String, AckError>) in
            log.append("\(answer)")
        }
        socket.emit("c")
        socket.emit("d")
        #expect(try await server.next() == ["40"])
        server.send("40{\"sid\":\"me\"}")
        let first = try await server.next()
        #expect(first.map(event) == ["[\"a\",1]"])
        socket.volatile.emit("volatile events do not wait")
        #expect(try await server.next() == ["42[\"volatile events do not wait\"]"])
        server.send("43\(id(first[0]))[\"A\"]")
        // Two of the tries are too late for an answer.
        let tries = try await server.next(3)
        #expect(tries.map(event) == ["[\"b\"]", "[\"b\"]", "[\"b\"]"])
        #expect(Set(tries.map(id)).count == 3)
        let third = try await server.next()
        #expect(third.map(event) == ["[\"c\"]"])
        #expect(log == ["A", "failure(operation has timed out)"])
        server.send("43\(id(tries[0]))[\"too late\"]", "43\(id(third[0]))[]")
        #expect(try await server.next().map(event) == ["[\"d\"]"])
        #expect(log.count == 2)
        socket.disconnect()
    }

    @Test("after a reconnect what was under way is sent again, once, before the rest")
    func reconnect() async throws {
        let server = try ScriptedServer()
        let socket = try server.client { $0.retries = 1 }
        var log: [String] = []
        for name in ["a", "b"] {
            socket.emit(name) { (answer: Result<Int, AckError>) in log.append("\(name) \(answer)") }
        }
        var order: [String] = []
        socket.onAnyOutgoing { event, _ in order.append(event) }
        socket.onConnect {
            order.append("connect")
            if order.count == 2 { socket.emit("c") }
        }
        for connection in 1...3 {
            #expect(try await server.texts(1, of: connection) == ["40"])
            server.send("40{\"sid\":\"me\"}")
            let heard = try await server.texts(2, of: connection)
            #expect(event(heard[1]) == (connection < 3 ? "[\"a\"]" : "[\"b\"]"))
            if connection < 3 { server.cut() } else { server.send("43\(id(heard[1]))[5]") }
        }
        let rest = try await server.texts(3, of: 3)
        #expect(rest.count == 3 && event(rest[2]) == "[\"c\"]")
        #expect(
            log == [
                "a failure(the socket was disconnected before the acknowledgement came)",
                "b success(5)",
            ])
        #expect(order == ["a", "connect", "a", "connect", "b", "connect", "c"])
        #expect(server.received.map { $0.count } == [2, 2, 3])
        socket.disconnect()
    }

    @Test("without retries ackTimeout is the limit of each answer that has none of its own")
    func ackTimeout() async throws {
        let server = try ScriptedServer()
        let socket = try server.client { $0.ackTimeout = 20 }
        await #expect(throws: AckError.timedOut) {
            try await socket.emitWithAck("nobody is there", as: Int.self)
        }
        _ = try await server.next()
        server.send("40{\"sid\":\"me\"}")
        // An event that timed out before the connection was made is not sent at all.
        try await socket.waitUntilConnected()
        let question = Task {
            try await socket.timeout(60_000).emitWithAck("patient", as: Int.self)
        }
        await #expect(throws: AckError.timedOut) {
            try await socket.emitWithAck("impatient", as: Int.self)
        }
        for text in try await server.next(2) where event(text) == "[\"patient\"]" {
            server.send("43\(id(text))[7]")
        }
        #expect(try await question.value == 7)
        socket.disconnect()
    }
}
