// How much may wait for a client: what one turn produces is let through, also to one that polls; a
// client that does not read is cut off, and the log says so.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("What waits for a client", .serialized, .closesServers)
struct OutgoingLimitTests {
    /// All packets of a client that polls, from CONNECT on until a marker comes.
    private func packets(_ port: Int, post: String = "40") async throws -> [String] {
        let client = try RawClient(port: port)
        let target = "\(polling)&sid=\(try sid(in: try await client.request("GET", polling).text))"
        #expect(try await client.request("POST", target, body: post).text == "ok")
        var packets: [String] = []
        while packets.last?.hasSuffix("[\"done\"]") != true {
            let answer = try await client.request("GET", target)
            guard answer.status == 200 else {
                Issue.record("\(answer.status) after \(packets.count) packets")
                break
            }
            let arrived = answer.text.split(separator: "\u{1E}").map(String.init)
            // On a busy machine it may take longer than a heartbeat.
            if arrived.contains("2") {
                #expect(try await client.request("POST", target, body: "3").text == "ok")
            }
            packets += arrived.filter { $0 != "2" }
        }
        return packets
    }

    @Test("a history of more than a megabyte reaches a client that polls, in the first turn")
    func history() async throws {
        let fixture = try Fixture()
        let text = String(repeating: "x", count: 1_000)
        fixture.io.onConnection { socket in
            for number in 0..<1_100 { socket.emit("history", number, text) }
            socket.emit("done")
        }
        #expect(try await packets(fixture.port).count == 1 + 1_100 + 1)
    }

    @Test("an event with four attachments of 500 kB reaches a client that polls")
    func attachments() async throws {
        let fixture = try Fixture()
        let data = Data(repeating: 7, count: 500_000)
        fixture.io.onConnection { socket in
            socket.emit("files", data, data, data, data)
            socket.emit("done")
        }
        #expect(try await packets(fixture.port).count == 1 + 5 + 1)
    }

    @Test("a thousand acknowledgements of 5 kB reach a client that polls")
    func acknowledgements() async throws {
        let fixture = try Fixture()
        let text = String(repeating: "x", count: 5_000)
        fixture.io.onConnection { socket in
            socket.on("ask") { () in text }
            socket.on("end") { () in socket.emit("done") }
        }
        let asked = (0..<1_000).map { "42\($0)[\"ask\"]" }
        let post = (["40"] + asked + ["42[\"end\"]"]).joined(separator: "\u{1E}")
        #expect(try await packets(fixture.port, post: post).count == 1 + 1_000 + 1)
    }

    @Test("an event behind a message of 5 MB reaches a client over WebSocket")
    func longMessage() async throws {
        let fixture = try Fixture()
        let text = String(repeating: "x", count: 5_000_000)
        fixture.io.onConnection { socket in
            socket.emit("long", text)
            socket.emit("done")
        }
        let client = try await fixture.client()
        // The client has read nothing by the next turns.
        for _ in 0..<20 { fixture.io.emit("more") }
        #expect(try await client.text().count == 5_000_000 + 13)
        #expect(try await client.text() == "42[\"done\"]")
    }

    @Test("over outgoingQueueLimit in one turn a client is cut off, and no other is")
    func limit() async throws {
        var options = SocketServerOptions()
        options.outgoingQueueLimit = 2_000_000
        let fixture = try Fixture(options)
        let text = String(repeating: "x", count: 100_000)
        fixture.io.onConnection { socket in
            socket.onDisconnect { fixture.log.append("\($0)") }
            socket.on("flood") { (count: Int) in
                for _ in 0..<count { socket.emit("lump", text) }
                socket.emit("done")
            }
        }
        #expect(
            try await packets(fixture.port, post: "40\u{1E}42[\"flood\",19]").count == 1 + 19 + 1)
        let client = try RawClient(port: fixture.port)
        let target = "\(polling)&sid=\(try sid(in: try await client.request("GET", polling).text))"
        _ = try await client.request("POST", target, body: "40\u{1E}42[\"flood\",30]")
        #expect(try await client.request("GET", target).status == 400)
        #expect(fixture.log == ["transport error"])
    }
}
