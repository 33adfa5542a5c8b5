// Events that no handler listens to: the log says so, with the name that may have been meant, once
// for each name and socket, and it cannot be filled by a client.

import Foundation
import TestSupport
import Testing

@testable import Engine

@Suite("Unheard events", .serialized, .closesServers)
struct UnheardEventTests {
    /// What the log says of the events that `send` makes a client send; all of them have arrived.
    private func lines(
        _ options: SocketServerOptions = SocketServerOptions(),
        _ setUp: @escaping (Socket) -> Void, _ send: (RawClient) -> Void
    ) async throws -> [String] {
        let fixture = try Fixture(options)
        fixture.io.onConnection { socket in
            setUp(socket)
            socket.on("fence") { () -> Int in 1 }
        }
        let client = try await fixture.client()
        let log = try LogRecording()
        defer { log.stop() }
        send(client)
        client.sendFrame("429[\"fence\"]")
        while try await client.text() != "439[1]" {}
        await fixture.io.close()
        return log.lines(with: "reached no handler").filter { $0.contains("\"x-") }
    }

    @Test("it is told once for each name, with the names that have handlers, and the close one")
    func told() async throws {
        let told = try await lines { socket in
            socket.on("x-chat message") { (_: String) in }
            socket.on("disconnect") { (_: String) in }
        } _: { client in
            for _ in 0..<3 { client.sendFrame("42[\"x-chat mesage\",\"hi\"]") }
            client.sendFrame("42[\"x-chat message\",\"hi\"]")
            client.sendFrame("42[\"x-\\n\"]")
        }
        #expect(
            told == [
                "the event \"x-chat mesage\" reached no handler: did you mean \"x-chat message\"? "
                    + "There are handlers for \"fence\", \"x-chat message\"",
                "the event \"x-\\u{a}\" reached no handler: "
                    + "there are handlers for \"fence\", \"x-chat message\"",
            ])
    }

    @Test(
        "the name that is close is found",
        arguments: [
            ("chat message", "chat-message"), ("chatMessage", "chat message"),
            ("Chat Message", "chat message"), ("chat messages", "chat message"),
            ("typng", "typing"), ("set nickanme", "set nickname"), ("hi", "h1"),
        ])
    func close(event: String, meant: String) {
        let sentence = UnheardEvents.sentence(event, among: [meant, "another one"])
        #expect(sentence.contains("did you mean \"\(meant)\"?"))
    }

    @Test(
        "a name that is far from all is none of them",
        arguments: ["join", "", "message", String(repeating: "chat message", count: 80)])
    func far(event: String) {
        let sentence = UnheardEvents.sentence(event, among: ["chat message", "typing"])
        #expect(!sentence.contains("did you mean"))
        #expect(sentence.hasSuffix("there are handlers for \"chat message\", \"typing\""))
        #expect(UnheardEvents.sentence("x", among: []).hasSuffix(": the socket has none"))
    }

    @Test("what a removed handler would have heard is unheard")
    func removed() async throws {
        let told = try await lines { socket in
            let listener = socket.on("x-a") { () in }
            socket.off(listener)
            socket.on("x-b") { () in }
            socket.off("x-b")
        } _: { client in
            for name in ["x-a", "x-b"] { client.sendFrame("42[\"\(name)\"]") }
        }
        #expect(told.count == 2)
        #expect(told.allSatisfy { $0.hasSuffix("there are handlers for \"fence\"") })
    }

    @Test("a listener for every event hears these as well; the option keeps them out of the log")
    func silent() async throws {
        let told = try await lines { socket in
            socket.onAny { _, _ in }
        } _: { client in
            client.sendFrame("42[\"x-a\"]")
        }
        #expect(told.isEmpty)
        let again = try await lines { socket in
            socket.offAny(socket.onAny { _, _ in })
        } _: { client in
            client.sendFrame("42[\"x-a\"]")
        }
        #expect(again.count == 1)
        var options = SocketServerOptions()
        options.logsUnheardEvents = false
        let off = try await lines(options) { _ in
        } _: { client in
            client.sendFrame("42[\"x-a\"]")
        }
        #expect(off.isEmpty)
    }

    @Test("a client that makes names up fills no log")
    func bounded() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { $0.on("fence") { () -> Int in 1 } }
        let log = try LogRecording()
        defer { log.stop() }
        for client in 0..<5 {
            let raw = try await fixture.client()
            for number in 0..<50 { raw.sendFrame("42[\"x-\(client)-\(number)\"]") }
            raw.sendFrame("429[\"fence\"]")
            #expect(try await raw.text() == "439[1]")
            let lines = log.lines(with: "the event \"x-\(client)-").count
            #expect(client == 0 ? lines == UnheardEvents.namesPerSocket : lines <= 10)
        }
        // A minute may have begun meanwhile.
        let all = log.lines(with: "the event \"x-").count
        #expect((UnheardEvents.linesPerMinute...(2 * UnheardEvents.linesPerMinute)).contains(all))
        #expect(!log.lines(with: "further events that reach no handler").isEmpty)
        for socket in fixture.io.sockets.sockets.values {
            #expect(socket.unheardNames.count == UnheardEvents.namesPerSocket)
        }
    }
}
