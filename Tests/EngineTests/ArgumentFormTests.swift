// What arguments look like between a client and the server: dates, numbers, blanks, and nothing at
// all, in the forms that JavaScript has for them. What crosses the wire is compared as text.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("The form of arguments", .serialized, .closesServers)
struct ArgumentFormTests {
    private struct Meeting: Codable, Equatable {
        var at: Date
        var link: URL
        var price: Decimal
        var id: UInt64
    }

    private let text = "2026-11-25T18:24:43.123Z"
    private let date = Date(timeIntervalSince1970: 1_795_631_083.123)

    @Test("a date goes both ways as text, in events, in answers and in structs")
    func dates() async throws {
        let fixture = try Fixture()
        let meeting =
            "{\"at\":\"\(text)\",\"id\":18446744073709551615,"
            + "\"link\":\"https://a.example/b\",\"price\":0.1234567890123456789}"
        fixture.io.onConnection { socket in
            socket.on("when") { (date: Date) -> [String: Date?] in ["then": date + 1, "never": nil]
            }
            socket.on("meet") { (meeting: Meeting) in
                socket.emit("met", meeting, meeting.at, [meeting.at], JSON.date(meeting.at))
            }
            socket.emit("asked", Date(timeIntervalSince1970: 0)) { (answer: Date) in
                fixture.log.append("\(answer == date)")
            }
        }
        let client = try await fixture.client()
        #expect(try await client.text() == "420[\"asked\",\"1970-01-01T00:00:00.000Z\"]")
        client.sendFrame("430[\"2026-11-25T19:24:43.123+01:00\"]")
        client.sendFrame("421[\"when\",\"\(text)\"]")
        #expect(
            try await client.text() == "431[{\"never\":null,\"then\":\"2026-11-25T18:24:44.123Z\"}]"
        )
        #expect(fixture.log == ["true"])
        client.sendFrame("42[\"meet\",\(meeting)]")
        #expect(
            try await client.text()
                == "42[\"met\",\(meeting),\"\(text)\",[\"\(text)\"],\"\(text)\"]")
    }

    @Test("a route's JSON has its dates in the same form")
    func route() async throws {
        let app = closing(App())
        app.get("/") { _ in try .json(["at": date, "never": .init(timeIntervalSince1970: .nan)]) }
        let client = try RawClient(port: try app.listen(port: 0))
        let answer = try await client.request("GET", "/")
        #expect(answer.text == "{\"at\":\"\(text)\",\"never\":null}")
    }

    @Test("numbers that JSON does not have are null, and the event arrives")
    func numbers() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("ask") { () -> Double in .nan }
            socket.on("whole") { (number: Int) in fixture.log.append("\(number)") }
            socket.emit("x", Double.nan, ["a": [Double.infinity, 1]], Float.nan, Decimal.nan)
            socket.emit("y", JSON.array([.double(-.infinity)]))
        }
        let client = try await fixture.client()
        #expect(try await client.text() == "42[\"x\",null,{\"a\":[null,1]},null,null]")
        #expect(try await client.text() == "42[\"y\",[null]]")
        for number in ["5.0", "1e2", "5.5", "1e19", "7"] {
            client.sendFrame("42[\"whole\",\(number)]")
        }
        client.sendFrame("421[\"ask\"]")
        #expect(try await client.text() == "431[null]")
        #expect(fixture.log == ["5", "100", "7"])
    }

    @Test("blanks around JSON are JSON")
    func blanks() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            fixture.log.append("\(socket.handshake.auth["token"]?.int ?? 0)")
            socket.on("echo") { (number: Int) -> Int in number }
            socket.on("a") { () in socket.emit("b") }
        }
        let client = try await fixture.opened()
        client.sendFrame("40 {\"token\":\n7} ")
        #expect(try await client.text().hasPrefix("40{"))
        client.sendFrame("420 [\"echo\",1]")
        #expect(try await client.text() == "430[1]")
        client.sendFrame("42 [ \"a\" ]\r\n\t")
        #expect(try await client.text() == "42[\"b\"]")
        #expect(fixture.log == ["7"])
    }

    @Test("a number too large is a mismatch of the argument, and the connection stays open")
    func largeNumbers() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            fixture.log.append("\(socket.handshake.auth.members?.count ?? -1) members")
            socket.on("e") { (data: Data) in fixture.log.append("\(data.count) bytes") }
            socket.on("e") { (_: Data, _: Double) in fixture.log.append("never") }
            socket.on("e") { (_: Data, _: JSON) in fixture.log.append("never") }
            socket.on("fence") { () -> Int in 1 }
        }
        let client = try await fixture.opened()
        let log = try LogRecording()
        defer { log.stop() }
        client.sendFrame("40{\"a\":1e999}")
        #expect(try await client.text().hasPrefix("40{"))
        client.sendFrame("451-[\"e\",{\"_placeholder\":true,\"num\":0},1e999]")
        client.send(RawClient.frame(0x82, [1, 2, 3]))
        client.sendFrame("421[\"fence\"]")
        #expect(try await client.text() == "431[1]")
        #expect(fixture.log == ["0 members", "3 bytes"])
        #expect(log.lines(with: "but the number 1e999 arrived").count == 2)
        #expect(log.lines(with: "auth has a number that is too large").count == 1)
        // A placeholder that names no attachment is no argument's fault.
        client.sendFrame("451-[\"e\",{\"_placeholder\":true,\"num\":1e999}]")
        client.send(RawClient.frame(0x82, [1]))
        try await client.waitForEnd()
    }

    @Test("an answer without a value is null, as JSON")
    func emptyAnswer() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            Task {
                let answer = try await socket.emitWithAck("a", as: JSON.self)
                socket.emit("answer", answer)
                let none = try await socket.emitWithAck("b", as: Int?.self)
                socket.emit("answer", none)
                do {
                    _ = try await socket.emitWithAck("c", as: Int.self)
                } catch {
                    socket.emit("answer", "\(error)")
                }
            }
        }
        let client = try await fixture.client()
        let problem =
            "\"the acknowledgement does not fit: argument 1: expected Int, but nothing arrived\""
        for (number, expected) in ["null", "null", problem].enumerated() {
            #expect(try await client.text().hasPrefix("42\(number)["))
            client.sendFrame("43\(number)[]")
            #expect(try await client.text() == "42[\"answer\",\(expected)]")
        }
    }
}
