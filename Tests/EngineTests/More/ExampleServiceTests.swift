// The example of Documentation/deploying.md, as a program: it signs in, keeps history, and ends in
// order when it is told to. Next: Sources/Workshop/Service/Service.swift.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("The example service", .serialized)
struct ExampleServiceTests {
    private func program() async throws -> (Program, Int) {
        let program = try Program("ExampleService", [], environment: ["PORT": "0"])
        try await program.waitUntilListening()
        return (program, program.port)
    }

    private func member(_ name: String, _ port: Int) async throws -> RawClient {
        let answer = try await RawClient(port: port).request(
            "POST", "/sign-in", fields: ["Content-Type": "application/json"],
            body: "{\"name\":\"\(name)\"}")
        let token = try JSONDecoder().decode([String: String].self, from: Data(answer.body))[
            "token"]
        let client = try RawClient(port: port)
        try await client.openWebSocket(webSocket)
        _ = try await client.text()
        client.sendFrame("40{\"token\":\"\(token ?? "")\"}")
        #expect(try await client.text().hasPrefix("40{"))
        return client
    }

    @Test("signing in, rooms, history in the order of sending, figures")
    func service() async throws {
        let (program, port) = try await program()
        defer { program.kill() }
        let stranger = try RawClient(port: port)
        try await stranger.openWebSocket(webSocket)
        _ = try await stranger.text()
        stranger.sendFrame("40")
        #expect(try await stranger.text() == "44{\"message\":\"sign in first\"}")
        let (ada, ben) = (try await member("Ada", port), try await member("Ben", port))
        ben.sendFrame("420[\"join\",\"tea\"]")
        #expect(try await ben.text() == "430[[]]")
        for number in 0..<10 { ada.sendFrame("42\(number)[\"say\",\"tea\",\"line \(number)\"]") }
        for number in 0..<10 {
            #expect(try await ada.text() == "43\(number)[6]")
            #expect(try await ben.text().contains("\"line \(number)\""))
        }
        let client = try RawClient(port: port)
        let history = try await client.request("GET", "/rooms/tea/history").text
        #expect(history.contains("line 0") && history.contains("line 9"))
        let page = try await client.request("GET", "/metrics").text
        #expect(page.contains("socketio_handler_seconds_count{event=\"say\"} 10"))
        if let path = ProcessInfo.processInfo.environment["METRICS_PAGE"] {
            try page.write(toFile: path, atomically: true, encoding: .utf8)
        }
        ada.sendFrame("42[\"join\"]")
        #expect(try await client.request("GET", "/health").text == "{\"status\":\"ready\"}\n")
    }

    @Test("at SIGTERM what was said is saved and acknowledged, none is lost, and the status is 0")
    func end() async throws {
        let (program, port) = try await program()
        defer { program.kill() }
        var members: [RawClient] = []
        for number in 0..<10 { members.append(try await member("member \(number)", port)) }
        for member in members {
            for number in 0..<20 { member.sendFrame("42\(number)[\"say\",\"tea\",\"x\"]") }
        }
        // One answer of each: all of them have been read by then.
        for member in members { #expect(try await member.text() == "430[1]") }
        let status = Task { try await program.terminate() }
        for member in members {
            for number in 1..<20 { #expect(try await member.text() == "43\(number)[1]") }
        }
        #expect(try await status.value == 0)
        #expect(try await program.line("saved") == "saved; 0 lines were lost")
    }

    @Test("run, too: at SIGTERM fifty handlers and a route of 900 ms end, and are answered")
    func run() async throws {
        let program = try Program("Workshop", ["slow-server", "--port", "0"])
        try await program.waitUntilListening()
        defer { program.kill() }
        var clients: [RawClient] = []
        for _ in 0..<10 {
            let client = try RawClient(port: program.port)
            try await client.join()
            for number in 0..<5 { client.sendFrame("42\(number)[\"save\",\(number)]") }
            clients.append(client)
        }
        let route = try RawClient(port: program.port)
        route.send(RawClient.request("GET", "/slow"))
        // All of that has been read when a later request is answered.
        let fence = try RawClient(port: program.port)
        #expect(try await fence.request("GET", "/none").status == 404)
        let start = ContinuousClock.now
        let status = Task { try await program.terminate() }
        var acknowledged = 0
        for client in clients {
            var answers: Set<String> = []
            for _ in 0..<5 { answers.insert(try await client.text()) }
            #expect(answers == Set((0..<5).map { "43\($0)[\($0)]" }))
            acknowledged += answers.count
        }
        #expect(acknowledged == 50)
        #expect(try await route.answer().text == "slow")
        #expect(try await status.value == 0)
        let time = ContinuousClock.now - start
        #expect(try await program.line("flushed") == "flushed")
        #expect(program.lines.filter { $0 == "gone" }.count == 10)
        if ProcessInfo.processInfo.environment["FIGURES"] != nil {
            print("at SIGTERM: \(acknowledged) of 50 acknowledgements, the route, \(time) in all")
        }
    }
}
