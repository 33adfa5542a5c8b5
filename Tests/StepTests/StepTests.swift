// The stages as programs: tests start them, connect to them, and compare what they print and send.
// The rules of stage 2 hold for all later stages.

import Foundation
import TestSupport
import Testing

/// A client that has joined over WebSocket.
private func joined(_ program: Program) async throws -> RawClient {
    let client = try RawClient(port: program.port)
    try await client.join()
    return client
}

@Suite("Every stage")
struct EveryStage {
    @Test(
        "serves its page and style sheet, listens on both addresses, and ends in order",
        arguments: [
            "Step1", "Step2", "Step3", "Step4", "Step5", "Step6", "Step7", "Step8", "Step9",
            "Step10", "Step11", "Step12",
        ])
    func lifecycle(name: String) async throws {
        let surroundings = Surroundings()
        let program = try await Program.listening(name, environment: surroundings.environment)
        let client = try RawClient(port: program.port)
        let page = try await client.request("GET", "/")
        #expect(page.status == 200)
        #expect(page.text.lowercased().hasPrefix("<!doctype html>"))
        #expect(try await client.request("GET", "/chat.css").status == 200)
        #expect(try await client.request("GET", "/nothing").status == 404)
        #expect(try await program.interrupt() == 0)
    }

    @Test("a taken port is one clear line and status 1", arguments: ["Step1", "Step4"])
    func takenPort(name: String) async throws {
        let first = try await Program.listening(name)
        let second = try Program(name, ["--port", "\(first.port)"])
        #expect(try await second.end() == 1)
        try await eventually("a complaint") { !second.errorText.isEmpty }
        #expect(second.errorText.hasPrefix("port \(first.port) is taken"))
        #expect(second.errorText.split(separator: "\n").count == 1)
        #expect(try await first.terminate() == 0)
    }

    @Test(
        "a wrong option is explained, with all options",
        arguments: [
            ["--prot", "1"], ["--port"], ["--port", "x"], ["--port", "70000"],
            ["--ping-interval", "0"],
        ])
    func wrongOption(arguments: [String]) async throws {
        let program = try Program("Step2", arguments)
        #expect(try await program.end() == 2)
        try await eventually("a complaint") { program.errorText.contains("--ping-timeout MS") }
    }
}

@Suite("The command")
struct Command {
    @Test("--help lists the options")
    func help() async throws {
        let program = try Program("Step1", ["--help"])
        #expect(try await program.end() == 0)
        #expect(program.lines.contains { $0.contains("--ping-timeout MS") })
    }

    @Test("a host that nobody knows is one clear line and status 1")
    func host() async throws {
        let program = try Program("Step1", ["--port", "0", "--host", "nowhere.invalid"])
        #expect(try await program.end() == 1)
        #expect(program.errorText.hasPrefix("no address is known for the host \"nowhere.invalid\""))
    }

    @Test("a named host is listened on")
    func namedHost() async throws {
        let program = try await Program.listening("Step1", ["--host", "127.0.0.1"])
        let client = try RawClient(port: program.port)
        #expect(try await client.request("GET", "/hello").status == 200)
        #expect(try await program.interrupt() == 0)
    }

    @Test("a name that it does not answer to is in the log once, and can be allowed at the start")
    func allowedHost() async throws {
        let fields = ["Host": "chat.example.org"]
        let closed = try await Program.listening("Step1")
        let client = try RawClient(port: closed.port)
        for _ in 1...3 {
            #expect(try await client.request("GET", "/", fields: fields).status == 403)
        }
        #expect(try await closed.interrupt() == 0)
        let lines = closed.errorLines
        #expect(lines.count == 1)
        #expect(lines.first?.contains("--allowed-host chat.example.org") == true)
        let more = ["--allowed-host", "chat.example.org", "--allowed-host=*.example.net"]
        let open = try await Program.listening("Step1", more)
        let next = try RawClient(port: open.port)
        #expect(try await next.request("GET", "/", fields: fields).status == 200)
        #expect(try await next.request("GET", "/", fields: ["Host": "a.example.net"]).status == 200)
        #expect(try await open.interrupt() == 0)
        let wrong = try Program("Step1", ["--allowed-host", "https://chat.example.org"])
        #expect(try await wrong.end() == 2)
        #expect(wrong.errorText.hasPrefix("--allowed-host takes the name of a host"))
    }

    @Test("a page that is not where it is looked for is told at start, and served once it is there")
    func missingPage() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = try await Program.listening(
            "Step1", environment: ["PUBLIC_DIR": folder.path])
        let missing = "\(folder.path)/step1/index.html is not there"
        #expect(program.errorLines.first?.hasPrefix(missing) == true)
        let client = try RawClient(port: program.port)
        #expect(try await client.request("GET", "/").status == 404)
        let pages = folder.appending(path: "step1")
        try FileManager.default.createDirectory(at: pages, withIntermediateDirectories: true)
        try Data("there".utf8).write(to: pages.appending(path: "index.html"))
        #expect(try await client.request("GET", "/").text == "there")
        #expect(try await program.interrupt() == 0)
        #expect(program.errorLines.count == 1)
    }

    @Test("`--host ::` lets IPv4 in too, and says an address that can be opened")
    func everyAddress() async throws {
        let program = try await Program.listening("Step1", ["--host", "::"])
        #expect(program.lines.first == "listening on http://localhost:\(program.port)")
        for host in ["127.0.0.1", "::1"] {
            let client = try RawClient(port: program.port, host: host)
            #expect(try await client.request("GET", "/hello").status == 200)
        }
        #expect(try await program.interrupt() == 0)
    }
}

@Suite("Stage 1")
struct Stage1 {
    @Test("a route answers with a string of HTML, or with a file")
    func hello() async throws {
        let program = try await Program.listening("Step1")
        let client = try RawClient(port: program.port)
        let answer = try await client.request("GET", "/hello")
        #expect(answer.text == "<h1>Hello world</h1>")
        #expect(answer.field("Content-Type") == "text/html; charset=utf-8")
        let page = try await client.request("GET", "/page")
        #expect(page.text == (try await client.request("GET", "/").text))
        #expect(page.field("Content-Type") == "text/html; charset=utf-8")
        #expect(page.field("Content-Security-Policy") != nil)
        #expect(try await client.request("POST", "/").field("Allow") == "GET, HEAD")
        #expect(try await program.interrupt() == 0)
    }
}

@Suite("Stage 2")
struct Stage2 {
    @Test(
        "coming and going are printed once each, with the reason",
        arguments: [
            "Step2", "Step3", "Step4", "Step5", "Step6", "Step7", "Step8",
        ])
    func lines(name: String) async throws {
        let program = try await Program.listening(name)
        let client = try await joined(program)
        _ = try await program.line("a user connected")
        client.sendFrame("41")
        _ = try await program.line("a user disconnected: client namespace disconnect")
        let second = try await joined(program)
        second.vanish()
        _ = try await program.line("a user disconnected: transport close")
        #expect(program.lines.filter { $0 == "a user connected" }.count == 2)
        #expect(program.lines.count == 5)
        #expect(try await program.interrupt() == 0)
    }

    @Test("the options for the heartbeat are obeyed")
    func heartbeat() async throws {
        let program = try await Program.listening(
            "Step2", ["--ping-interval", "300", "--ping-timeout", "100"])
        // In one burst: it has joined before the heartbeat is due, however busy the machine is.
        let client = try RawClient(port: program.port)
        try await client.openWebSocket("/socket.io/?EIO=4&transport=websocket", ahead: "40")
        try await client.waitForEnd()
        _ = try await program.line("a user disconnected: ping timeout")
        #expect(try await program.interrupt() == 0)
    }
}

@Suite("Stage 3")
struct Stage3 {
    @Test(
        "each text is printed as it was sent, in order",
        arguments: [
            "hello", "  spaces  ", "42[\"x\"]", "🙂 ü", String(repeating: "x", count: 65_536),
        ])
    func prints(text: String) async throws {
        let program = try await Program.listening("Step3", Program.rarePings)
        let client = try await joined(program)
        let quoted = text.replacingOccurrences(of: "\"", with: "\\\"")
        client.sendFrame("42[\"chat message\",\"\(quoted)\"]")
        client.sendFrame("42[\"chat message\",7]")
        client.sendFrame("42[\"chat message\",\"\"]")
        client.sendFrame("42[\"chat message\",\"end\"]")
        _ = try await program.line("message: end")
        #expect(
            program.lines.filter { $0.hasPrefix("message:") } == [
                "message: \(text)", "message: end",
            ])
        #expect(try await program.interrupt() == 0)
    }
}

@Suite("Stage 4")
struct Stage4 {
    @Test("a message goes to all, its sender included; coming and going to the others")
    func chat() async throws {
        let program = try await Program.listening("Step4", Program.rarePings)
        let ana = try await joined(program)
        let bob = try await joined(program)
        #expect(try await ana.text() == "42[\"user joined\"]")
        bob.sendFrame("42[\"chat message\",\"hé\"]")
        #expect(try await ana.text() == "42[\"chat message\",\"hé\"]")
        #expect(try await bob.text() == "42[\"chat message\",\"hé\"]")
        bob.vanish()
        #expect(try await ana.text() == "42[\"user left\"]")
        ana.sendFrame("42[\"chat message\",\"\"]")
        ana.sendFrame("42[\"chat message\",\"alone\"]")
        #expect(try await ana.text() == "42[\"chat message\",\"alone\"]")
        #expect(try await program.interrupt() == 0)
    }

    @Test("a client on polling and one on WebSocket hear each other")
    func mixed() async throws {
        let program = try await Program.listening("Step4", Program.rarePings)
        let polled = try RawClient(port: program.port)
        let target = "\(polling)&sid=\(try sid(in: try await polled.request("GET", polling).text))"
        #expect(try await polled.request("POST", target, body: "40").text == "ok")
        #expect(try await polled.request("GET", target).text.hasPrefix("40{"))
        let client = try await joined(program)
        #expect(try await polled.request("GET", target).text == "42[\"user joined\"]")
        client.sendFrame("42[\"chat message\",\"from the socket\"]")
        #expect(try await client.text() == "42[\"chat message\",\"from the socket\"]")
        #expect(
            try await polled.request("GET", target).text
                == "42[\"chat message\",\"from the socket\"]")
        _ = try await polled.request("POST", target, body: "42[\"chat message\",\"from the poll\"]")
        #expect(try await client.text() == "42[\"chat message\",\"from the poll\"]")
        #expect(try await program.interrupt() == 0)
    }
}
