// What a program sees of its server: observers, figures for Prometheus, failed handlers, the log.
// Next: Sources/Engine/More/Observing/ServerObserver.swift.

import Engine
import EngineSockets
import Synchronization
import TestSupport
import Testing

/// Writes down what it sees.
private final class Recorder: ServerObserver {
    var lines: [String] = []
    var figures: [ServerFigures] = []

    func connected(_ socket: Socket) { lines.append("connected \(socket.namespace.name)") }
    func disconnected(_ socket: Socket, _ reason: DisconnectReason, detail: String?) {
        lines.append("disconnected \(reason): \(detail ?? "-")")
    }
    func eventBegan(_ event: String, _ socket: Socket) { lines.append("+\(event)") }
    func eventEnded(_ event: String, _ socket: Socket, time: Duration, failed: Bool) {
        lines.append("-\(event)\(failed ? " failed" : "")\(time > .zero ? "" : " at once?")")
    }
    func cutOff(_ address: String) { lines.append("cut off \(address)") }
    func refused(_ refusal: Refusal, _ address: String) {
        lines.append("refused \(refusal) \(address)")
    }
    func measured(_ figures: ServerFigures, loopLag: Duration) { self.figures.append(figures) }
}

@Suite("Observing", .serialized, .closesServers)
struct ObserverTests {
    @Test("an observer sees sockets come and go, and events begin and end, with awaits too")
    func observed() async throws {
        let fixture = try Fixture()
        let (recorder, gate) = (Recorder(), Door())
        fixture.io.onConnection { socket in
            socket.on("sync") { (text: String) in text }
            socket.on("async") { () async in await gate.pass() }
            socket.on("both") { () in }
            socket.on("both") { () async throws in throw Missing(description: "on purpose") }
        }
        // Of one that is there already it sees the events.
        let client = try await fixture.client()
        fixture.io.app.observe(with: recorder)
        client.sendFrame("421[\"sync\",\"x\"]")
        #expect(try await client.text() == "431[\"x\"]")
        client.sendFrame("42[\"async\"]")
        try await eventually("it has begun") { gate.count == 1 }
        #expect(recorder.lines == ["+sync", "-sync", "+async"])
        gate.open()
        try await eventually("it has ended") { recorder.lines.last == "-async" }
        client.sendFrame("42[\"both\"]")
        try await eventually("it has failed") { recorder.lines.last == "-both failed" }
        recorder.lines = []
        let next = try await fixture.client()
        next.sendFrame("41")
        try await eventually("it is gone") { recorder.lines.count == 2 }
        #expect(
            recorder.lines == ["connected /", "disconnected client namespace disconnect: -"])
        client.sendFrame("2")
        try await eventually("it is gone") { recorder.lines.count == 3 }
        let last = try #require(recorder.lines.last)
        #expect(
            last.hasPrefix("disconnected transport error: a client was disconnected: the client"))
        fixture.io.app.removeObserver(recorder)
        _ = try await fixture.client()
        #expect(recorder.lines.count == 3)
    }

    @Test("an observer sees who is refused, and who reads too slowly")
    func refused() async throws {
        var options = SocketServerOptions()
        options.outgoingQueueLimit = 100_000
        let fixture = try Fixture(options)
        let recorder = Recorder()
        fixture.io.app.observe(with: recorder)
        fixture.io.of("/closed").use { _ in throw ConnectError("no") }
        let client = try fixture.connection()
        _ = try await client.request("GET", "/", fields: ["Host": "evil.example"])
        _ = try await client.request("GET", polling + "&sid=none")
        _ = try await client.request("GET", polling, fields: ["Origin": "http://evil.example"])
        let joining = try await fixture.opened()
        joining.sendFrame("40/closed")
        #expect(try await joining.text().hasPrefix("44/closed"))
        #expect(
            recorder.lines == [
                "refused host 127.0.0.1", "refused badRequest 127.0.0.1",
                "refused forbidden 127.0.0.1", "refused middleware 127.0.0.1",
            ])
        recorder.lines = []
        let slow = try await fixture.client()
        slow.pauseReading()
        let text = String(repeating: "x", count: 50_000)
        for _ in 0..<200 where !recorder.lines.contains("cut off 127.0.0.1") {
            fixture.io.emit("much", text)
            await Task.yield()
        }
        try await eventually("it is cut off") { recorder.lines.count == 3 }
        #expect(recorder.lines[1] == "cut off 127.0.0.1")
        #expect(recorder.lines[2].hasPrefix("disconnected transport error: it reads too slowly"))
        slow.resumeReading()
    }

    @Test("figures are measured once a second, with the lag of the loop")
    func measured() async throws {
        let fixture = try Fixture()
        let recorder = Recorder()
        fixture.io.app.observe(with: recorder)
        _ = try await fixture.client()
        try await eventually("a measurement") { !recorder.figures.isEmpty }
        let figures = try #require(recorder.figures.first)
        #expect(figures.sockets == ["/": 1])
        #expect(figures.webSocketSessions == 1)
        #expect(figures.bytesRead > 0 && figures.bytesWritten > 0)
    }

    // MARK: - Pages

    @Test("/metrics is a page of Prometheus' format that counts what has happened")
    func metrics() async throws {
        let fixture = try Fixture()
        fixture.io.app.metrics()
        fixture.io.onConnection { socket in
            socket.on("echo") { (text: String) in text }
            socket.on("bad \"name\"\n") { () in throw Missing(description: "on purpose") }
        }
        let client = try await fixture.client()
        client.sendFrame("42[\"bad \\\"name\\\"\\n\"]")
        for number in 0..<3 {
            client.sendFrame("42\(number)[\"echo\",\"x\"]")
            _ = try await client.text()
        }
        let gone = try await fixture.client()
        gone.sendFrame("41")
        try await eventually("it is gone") { fixture.io.sockets.sockets.count == 1 }
        let answer = try await fixture.connection().request("GET", "/metrics")
        #expect(answer.field("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        let lines = answer.text.split(separator: "\n").map(String.init)
        for line in [
            "socketio_sockets{namespace=\"/\"} 1",
            "socketio_connections_total{namespace=\"/\"} 2",
            "socketio_disconnections_total{reason=\"client namespace disconnect\"} 1",
            "socketio_handler_seconds_count{event=\"echo\"} 3",
            "socketio_handler_errors_total{event=\"bad \\\"name\\\"\\n\"} 1",
            "refused_total{reason=\"host\"} 0",
            "# TYPE socketio_handler_seconds histogram",
        ] {
            #expect(lines.contains(line), "\(line) is not in\n\(answer.text)")
        }
        // Each sample has a name and a number, and each name a type.
        for line in lines where !line.hasPrefix("#") {
            let number = line.split(separator: " ").last.flatMap { Double($0) }
            #expect(number != nil, "\(line)")
            let name = line.prefix { $0 != "{" && $0 != " " }
                .replacing(/_(bucket|sum|count)$/, with: "")
            #expect(lines.contains { $0.hasPrefix("# TYPE \(name) ") }, "\(name) has no type")
        }
    }

    @Test("/metrics is there for this machine alone, unless the program says for whom")
    func metricsAllowed() async throws {
        let app = closing(App())
        app.metrics()
        let stranger = try Request("GET", "/metrics", address: "192.0.2.7")
        #expect(await app.respond(to: stranger).status == .notFound)
        #expect(await app.respond(to: try Request("GET", "/metrics")).status == .ok)
        let passedOn = try Request("GET", "/metrics", fields: ["X-Forwarded-For": "192.0.2.7"])
        #expect(await app.respond(to: passedOn).status == .notFound)
        app.metrics("/figures") { $0.fields["Authorization"] == "Bearer secret" }
        #expect(await app.respond(to: try Request("GET", "/figures")).status == .notFound)
        let known = try Request(
            "GET", "/figures", fields: ["Authorization": "Bearer secret"], address: "192.0.2.7")
        #expect(await app.respond(to: known).status == .ok)
    }

    // MARK: - Errors and the log

    @Test("onHandlerError gets what a handler throws, now or later, and what fits none")
    func handlerErrors() async throws {
        let fixture = try Fixture()
        fixture.io.onHandlerError { socket, event, error, ack in
            fixture.log.append("\(event): \(error is ArgumentMismatch ? "mismatch" : "\(error)")")
            ack(["error": "internal"])
        }
        fixture.io.onConnection { socket in
            socket.on("sync") { () -> Bool in throw Missing(description: "now") }
            socket.on("async") { () async throws -> Bool in
                await Task.yield()
                throw Missing(description: "later")
            }
            socket.on("text") { (text: String) in text }
        }
        let client = try await fixture.client()
        for (number, event) in ["\"sync\"", "\"async\"", "\"text\",7"].enumerated() {
            client.sendFrame("42\(number)[\(event)]")
            #expect(try await client.text() == "43\(number)[{\"error\":\"internal\"}]")
        }
        #expect(fixture.log == ["sync: now", "async: later", "text: mismatch"])
    }

    @Test("the log goes to the program's own, with levels and fields")
    func sink() async throws {
        let entries = Mutex<[LogEntry]>([])
        // Other suites write at the same time, and some look for their lines on standard error.
        Log.sink = { entry in
            entries.withLock { $0.append(entry) }
            printError(entry.line)
        }
        defer { Log.sink = nil }
        let fixture = try Fixture()
        fixture.io.onHandlerError { _, _, _, ack in ack() }
        var id = ""
        fixture.io.onConnection { socket in
            id = socket.id
            socket.on("sink-test") { () in throw Missing(description: "on\npurpose") }
        }
        let client = try await fixture.client()
        client.sendFrame("420[\"sink-test\"]")
        _ = try await client.text()
        client.sendFrame("2")
        try await client.waitForEnd()
        let own = entries.withLock { $0 }.filter { $0.fields["socket"] == id }
        #expect(own.map(\.level) == [.error, .warning])
        #expect(own.first?.fields["event"] == "sink-test")
        #expect(own.first?.fields["namespace"] == "/")
        #expect(own.first?.line.contains("on\\u{a}purpose") == true)
        #expect(own.last?.fields["address"] == "127.0.0.1")
        #expect(LogLevel.info < .error)
        fixture.io.app.get("/sink-test") { _ in throw Missing(description: "of a route") }
        let answer = try await fixture.connection().request("GET", "/sink-test")
        #expect(answer.status == 500)
        let route = entries.withLock { $0 }.first { $0.fields["route"] == "GET /sink-test" }
        #expect(route?.level == .error && route?.message == "a route failed: of a route")
    }
}
