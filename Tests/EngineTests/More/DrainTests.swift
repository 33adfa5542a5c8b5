// The end in order: what is under way ends first, and its answers arrive.
// Next: Sources/Engine/More/Ending/Draining.swift.

import Engine
import EngineSockets
import TestSupport
import Testing

@Suite("Draining", .serialized, .closesServers)
struct DrainTests {
    @Test("fifty handlers and a route that are under way end, and their answers arrive")
    func underWay() async throws {
        let fixture = try Fixture()
        let (app, gate) = (fixture.io.app, Door())
        app.get("/slow") { _ async in
            await gate.pass()
            return .text("slow")
        }
        fixture.io.onConnection { socket in
            socket.on("save") { (number: Int) async -> Int in
                await gate.pass()
                return number
            }
        }
        var clients: [RawClient] = []
        for _ in 0..<10 { clients.append(try await fixture.client()) }
        for client in clients {
            for number in 0..<5 { client.sendFrame("42\(number)[\"save\",\(number)]") }
        }
        let route = try fixture.connection()
        route.send(RawClient.request("GET", "/slow"))
        try await eventually("51 under way") { gate.count == 51 }

        let closing = Task { await app.close(draining: .seconds(60)) }
        try await eventually("the end has begun") { app.isDraining }
        // Nothing new is accepted.
        try await (try fixture.connection()).waitForEnd()
        gate.open()
        var acknowledged = 0
        for client in clients {
            var answers: Set<String> = []
            for _ in 0..<5 { answers.insert(try await client.text()) }
            // In any order: the handlers run side by side.
            #expect(answers == Set((0..<5).map { "43\($0)[\($0)]" }))
            acknowledged += answers.count
        }
        #expect(acknowledged == 50)
        #expect(try await route.answer().text == "slow")
        await closing.value
        for client in clients { try await client.waitForEnd() }
    }

    @Test("answers arrive over long-polling too, before the session's end")
    func polling() async throws {
        let fixture = try Fixture()
        let gate = Door()
        fixture.io.onConnection { socket in
            socket.on("save") { () async -> String in
                await gate.pass()
                return "saved"
            }
        }
        let client = try await SessionEndTests.PollingClient(fixture.port)
        #expect(try await client.post("420[\"save\"]") == "ok")
        try await client.beginPoll()
        try await eventually("it is under way") { gate.count == 1 }
        let closing = Task { await fixture.io.app.close(draining: .seconds(10)) }
        try await eventually("the end has begun") { fixture.io.app.isDraining }
        gate.open()
        #expect(try await client.client.answer().text == "430[\"saved\"]")
        #expect(try await client.poll() == "1")
        await closing.value
    }

    @Test("readiness is off first; then handlers, clients, onDisconnect, onShutdown, in this order")
    func order() async throws {
        let fixture = try Fixture()
        let (app, gate, last) = (fixture.io.app, Door(), Door())
        app.health()
        app.onShutdown { fixture.log.append("second onShutdown") }
        app.onShutdown { fixture.log.append("first onShutdown") }
        fixture.io.onConnection { socket in
            socket.on("work") { () async in
                await gate.pass()
                fixture.log.append("handler")
            }
            socket.onDisconnect { reason async in
                fixture.log.append("\(reason)")
                await last.pass()
                fixture.log.append("saved")
            }
        }
        let client = try await fixture.client()
        let health = try fixture.connection()
        #expect(try await health.request("GET", "/health").text == "{\"status\":\"ready\"}\n")
        app.isReady = false
        #expect(try await health.request("GET", "/health").text == "{\"status\":\"starting\"}\n")
        app.isReady = true
        client.sendFrame("42[\"work\"]")
        try await eventually("it is under way") { gate.count == 1 }
        let closing = Task { await app.close(draining: .seconds(10)) }
        try await eventually("the end has begun") { app.isDraining }
        let answer = try await health.request("GET", "/health")
        #expect(answer.status == 503)
        #expect(answer.text == "{\"status\":\"draining\"}\n")
        #expect(try await health.request("GET", "/health/live").status == 200)
        gate.open()
        try await eventually("onDisconnect waits") { last.count == 1 }
        #expect(fixture.log == ["handler", "server shutting down"])
        last.open()
        await closing.value
        #expect(fixture.log.dropFirst(2) == ["saved", "first onShutdown", "second onShutdown"])
    }

    @Test("a handler that does not end is cut off at the limit, and the log says so")
    func limit() async throws {
        let log = try LogRecording()
        defer { log.stop() }
        let fixture = try Fixture()
        let gate = Door()
        fixture.io.onConnection { socket in
            socket.on("work") { () async in await gate.pass() }
        }
        let client = try await fixture.client()
        client.sendFrame("42[\"work\"]")
        try await eventually("it is under way") { gate.count == 1 }
        let start = ContinuousClock.now
        await fixture.io.app.close(draining: .milliseconds(50))
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(log.lines(with: "1 handlers did not end in time").count == 1)
        try await client.waitForEnd()
        gate.open()
    }

    @Test("an event that comes while others end is answered as well")
    func late() async throws {
        let fixture = try Fixture()
        let gate = Door()
        fixture.io.onConnection { socket in
            socket.on("work") { () async in await gate.pass() }
            socket.on("echo") { (text: String) in text }
        }
        let client = try await fixture.client()
        client.sendFrame("42[\"work\"]")
        try await eventually("it is under way") { gate.count == 1 }
        let closing = Task { await fixture.io.app.close(draining: .seconds(10)) }
        try await eventually("the end has begun") { fixture.io.app.isDraining }
        client.sendFrame("421[\"echo\",\"late\"]")
        #expect(try await client.text() == "431[\"late\"]")
        gate.open()
        await closing.value
    }
}
