// An event to many that each of them answers.

import Engine
import TestSupport
import Testing

@Suite("Broadcasts that are answered", .serialized, .closesServers)
struct BroadcastQuestionTests {
    private func crowd(_ count: Int) async throws -> (Fixture, [RawClient], () -> [String]) {
        let fixture = try Fixture()
        fixture.io.onConnection { fixture.log.append($0.id) }
        var clients: [RawClient] = []
        for _ in 0..<count { clients.append(try await fixture.client()) }
        return (fixture, clients, { fixture.log })
    }

    /// The id of the acknowledgement that a question wants.
    private func question(_ client: RawClient) async throws -> String {
        let text = try await client.text()
        return String(text.dropFirst(2).prefix { $0.isNumber })
    }

    @Test("all answers, by whose they are; the packet is the same for all")
    func complete() async throws {
        let (fixture, clients, ids) = try await crowd(3)
        async let asked = fixture.io.timeout(5_000).emitWithAck("n?", 1, as: Int.self)
        for (number, client) in clients.enumerated() {
            let id = try await question(client)
            client.sendFrame("43\(id)[\(number * 10)]")
            client.sendFrame("43\(id)[99]")
        }
        let answers = await asked
        #expect(answers.isComplete)
        #expect(answers.replies == [ids()[0]: 0, ids()[1]: 10, ids()[2]: 20])
    }

    @Test("a socket that does not answer in time, goes, or answers something else, is missing")
    func missing() async throws {
        let (fixture, clients, ids) = try await crowd(4)
        async let asked = fixture.io.timeout(1_500).emitWithAck("n?", as: Int.self)
        let numbers = [
            try await question(clients[0]), try await question(clients[1]),
            try await question(clients[2]), try await question(clients[3]),
        ]
        #expect(Set(numbers).count == 1)
        clients[0].sendFrame("43\(numbers[0])[5]")
        clients[1].sendFrame("43\(numbers[1])[\"five\"]")
        clients[2].vanish()
        let answers = await asked
        #expect(answers.replies == [ids()[0]: 5])
        #expect(answers.missing == [ids()[1], ids()[2], ids()[3]])
        // Too late: no question waits for it.
        clients[3].sendFrame("43\(numbers[3])[5]")
        fixture.io.emit("end")
        #expect(try await clients[3].text() == "42[\"end\"]")
    }

    @Test("no socket is meant: the answer comes at once")
    func nobody() async throws {
        let fixture = try Fixture()
        let answers = await fixture.io.to("nowhere").timeout(60_000).emitWithAck(
            "n?", as: Int.self)
        #expect(answers.isComplete && answers.replies.isEmpty)
    }
}
