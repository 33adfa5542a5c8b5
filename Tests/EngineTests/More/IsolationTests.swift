// What a program may do from anywhere: register handlers, keep values, make requests, give up a
// question. Next: Sources/Engine/More/Requests/MadeRequests.swift.

import Engine
import Foundation
import TestSupport
import Testing

/// Code of a program that is bound to no actor: that it compiles is the test.
private nonisolated struct Routes: Sendable {
    /// Values of the engine are values of any program.
    let options: SocketServerOptions
    let cors = CORS(origins: ["https://chat.example.org"])
    let cookie = SessionCookie(name: "io")
    let limits = ConnectionLimits()

    func add(to app: App, _ io: SocketServer) async {
        await app.get("/sync") { request in .text(Self.answer(to: request)) }
        await app.get("/async") { request async in .text(Self.answer(to: request)) }
        await io.onConnection { socket in
            socket.on("echo") { (text: String) in text }
            socket.onDisconnect { _ in }
        }
    }

    static func answer(to request: Request) -> String {
        // All that a request has can be named after `import Engine` alone.
        let head: HTTPRequestHead = request.head
        let fields: HTTPFields = request.fields
        let query: Query = request.query
        return "\(head.target) \(fields["X"] ?? "-") \(query["a"] ?? "-") \(request.address)"
    }
}

@Suite("Anywhere", .serialized, .closesServers)
struct IsolationTests {
    @Test("handlers are registered by code that is bound to no actor")
    func registered() async throws {
        let fixture = try Fixture()
        await Routes(options: SocketServerOptions()).add(to: fixture.io.app, fixture.io)
        let client = try fixture.connection()
        for path in ["/sync", "/async"] {
            let answer = try await client.request("GET", path + "?a=1", fields: ["X": "y"])
            #expect(answer.text == "\(path)?a=1 y 1 127.0.0.1")
        }
        let other = try await fixture.client()
        other.sendFrame("421[\"echo\",\"hi\"]")
        #expect(try await other.text() == "431[\"hi\"]")
    }

    @Test("values of the engine cross to other tasks")
    func values() async throws {
        let request = try Request("GET", "/users?id=7", fields: ["Cookie": "a=b"])
        let handshake = try Handshake(request: request, auth: ["token": "secret"], issued: 5)
        let (text, token) = await Task.detached {
            (request.head.target, handshake.request.query["id"])
        }.value
        #expect(text == "/users?id=7")
        #expect(token == "7")
        #expect(handshake.auth["token"]?.string == "secret")
        #expect(handshake.issued == 5)
    }

    // MARK: - Without a port

    @Test("an app answers a request that a test has made, by routes, pages and errors")
    func respond() async throws {
        let app = closing(App(pages: "step1"))
        app.get("/hello") { request in .text("hello \(request.query["name"] ?? "you")") }
        app.post("/later") { request async in
            await Task.yield()
            return .text(request.text ?? "")
        }
        app.get("/fails") { _ in throw Missing(description: "on purpose") }
        app.get("/refuses") { _ in throw HTTPProblem(.unauthorized, "sign in first") }
        #expect(await app.respond(to: try Request("GET", "/hello?name=Ada")).text == "hello Ada")
        let later = await app.respond(to: try Request("POST", "/later", text: "grüße"))
        #expect(later.text == "grüße")
        #expect(await app.respond(to: try Request("GET", "/")).status == .ok)
        #expect(await app.respond(to: try Request("GET", "/fails")).status == 500)
        let refused = await app.respond(to: try Request("GET", "/refuses"))
        #expect(refused.status == .unauthorized)
        #expect(refused.text == "401 Unauthorized: sign in first\n")
        #expect(await app.respond(to: try Request("DELETE", "/hello")).status == 405)
        #expect(await app.respond(to: try Request("GET", "/none")).status == 404)
        let webSocket = try Request(
            "GET", "/ws", fields: ["Upgrade": "websocket", "Connection": "Upgrade"])
        #expect(await app.respond(to: webSocket).status == 501)
    }

    @Test(
        "a request that the network would not bring is none here either",
        arguments: [("GET", "no slash"), ("G ET", "/"), ("GET", "/%zz"), ("", "/")])
    func noRequest(method: String, target: String) {
        #expect(throws: HTTPProblem.self) { try Request(method, target) }
        #expect(throws: HTTPProblem.self) { try Request("GET", "/", fields: ["A": "b\r\nC: d"]) }
        #expect(throws: HTTPProblem.self) { try Request("GET", "/", address: "nowhere") }
    }

    // MARK: - Questions

    @Test("a question without a time limit ends when its task is cancelled, and is forgotten")
    func cancelled() async throws {
        let fixture = try Fixture()
        var socket: Socket?
        fixture.io.onConnection { socket = $0 }
        let client = try await fixture.client()
        let asked = try #require(socket)
        let question = Task { try await asked.emitWithAck("question", as: String.self) }
        #expect(try await client.text() == "420[\"question\"]")
        question.cancel()
        await #expect(throws: CancellationError.self) { try await question.value }
        // The late answer means nothing, and the next question is answered.
        client.sendFrame("430[\"late\"]")
        let next = Task { try await asked.emitWithAck("next", as: String.self) }
        #expect(try await client.text() == "421[\"next\"]")
        client.sendFrame("431[\"good\"]")
        #expect(try await next.value == "good")
    }

    @Test("a question of a cancelled task is not even sent")
    func cancelledBefore() async throws {
        let fixture = try Fixture()
        var socket: Socket?
        fixture.io.onConnection { socket = $0 }
        let client = try await fixture.client()
        let asked = try #require(socket)
        let question = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await asked.emitWithAck("question", as: String.self)
        }
        await #expect(throws: CancellationError.self) { try await question.value }
        asked.emit("fence")
        #expect(try await client.text() == "42[\"fence\"]")
    }

    // MARK: - Times

    @Test("times are written as durations, too, rounded up to milliseconds")
    func durations() async throws {
        #expect(Duration.seconds(25).inMilliseconds == 25_000)
        #expect(Duration.microseconds(1).inMilliseconds == 1)
        #expect(Duration.seconds(-5).inMilliseconds == 0)
        #expect(Duration.seconds(Int64.max).inMilliseconds == .max)
        var options = SocketServerOptions()
        options.durations.pingInterval = .seconds(5)
        options.durations.pingTimeout = .milliseconds(300)
        #expect(options.pingInterval == 5_000)
        #expect(options.durations.pingTimeout == .milliseconds(options.pingTimeout))
        let fixture = try Fixture(options)
        var socket: Socket?
        fixture.io.onConnection { socket = $0 }
        let client = try await fixture.client()
        let asked = try #require(socket)
        await #expect(throws: AckError.timedOut) {
            try await asked.timeout(.milliseconds(20)).emitWithAck("never", as: String.self)
        }
        #expect(try await client.text() == "420[\"never\"]")
        let answers = await fixture.io.timeout(.milliseconds(20)).emitWithAck("q", as: String.self)
        #expect(answers.missing.count == 1)
    }
}

extension Response {
    fileprivate var text: String { String(decoding: body, as: UTF8.self) }
}
