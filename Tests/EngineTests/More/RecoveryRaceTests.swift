// Sequences that once doubled or lost something: a client comes back at the wrong moment, or has
// missed too much.

@testable import Engine
import Foundation
import SocketIOWire
import TestSupport
import Testing

@Suite("Recovery at the wrong moment", .serialized, .closesServers)
struct RecoveryRaceTests {
    private func returning(_ fixture: Fixture, _ pid: String, _ offset: String) async throws
        -> RawClient
    {
        let raw = try await fixture.opened()
        raw.sendFrame("40{\"pid\":\"\(pid)\",\"offset\":\"\(offset)\"}")
        return raw
    }

    /// Connects, hears one event; its pid and offset.
    private func first(_ fixture: Fixture) async throws -> (pid: String, offset: String) {
        let raw = try await fixture.opened()
        raw.sendFrame("40")
        var welcome = try await raw.text()
        while !welcome.hasPrefix("40") { welcome = try await raw.text() }
        let pid = welcome.split(separator: "\"").map(String.init)[7]
        fixture.io.emit("fence")
        var text = try await raw.text()
        while !text.contains("fence") { text = try await raw.text() }
        let offset = text.split(separator: "\"").map(String.init)[3]
        raw.vanish()
        try await eventually("gone") { fixture.io.sockets.sockets.isEmpty }
        return (pid, offset)
    }

    @Test("what a middleware emits to a returning socket comes once")
    func doubled() async throws {
        let fixture = try Fixture()
        var options = ConnectionStateRecovery()
        options.skipMiddlewares = false
        fixture.io.connectionStateRecovery = options
        fixture.io.use { (socket: Socket) throws in socket.emit("notice") }
        let (pid, offset) = try await first(fixture)
        let raw = try await returning(fixture, pid, offset)
        try await eventually("in") { fixture.io.sockets.sockets.count == 1 }
        fixture.io.emit("end")
        var heard: [String] = []
        while heard.last?.contains("\"end\"") != true { heard.append(try await raw.text()) }
        #expect(heard.filter { $0.contains("notice") }.count == 1, "\(heard)")
    }

    @Test("what a middleware emitted and the client has not heard is sent again")
    func lostAtTheDoor() async throws {
        let fixture = try Fixture()
        fixture.io.connectionStateRecovery = ConnectionStateRecovery()
        fixture.io.use { (socket: Socket) throws in socket.emit("notice", socket.id) }
        func open(_ auth: String) async throws -> (RawClient, String, String) {
            let raw = try await fixture.opened()
            raw.sendFrame("40" + auth)
            var early: [String] = []
            while true {
                let text = try await raw.text()
                if text.hasPrefix("40") {
                    return (raw, text.split(separator: "\"").map(String.init)[7], early.joined())
                }
                early.append(text)
            }
        }
        // The first stay: an offset is heard. Then the client leaves of its own will.
        let (one, _, _) = try await open("")
        let offset = try await one.text().split(separator: "\"").map(String.init)[5]
        one.sendFrame("41")
        try await eventually("gone") { fixture.io.sockets.sockets.isEmpty }
        // The second: the welcome is heard, the notice behind it is not.
        let (two, pid, _) = try await open("")
        two.vanish()
        try await eventually("gone") { fixture.io.sockets.sockets.isEmpty }
        let (_, pid2, early) = try await open("{\"pid\":\"\(pid)\",\"offset\":\"\(offset)\"}")
        #expect(pid2 == pid)
        #expect(early.contains("notice"), "recovered, and the notice is lost: \(early)")
    }

    @Test(
        "a client that has missed too much is new, and not cut off again and again",
        arguments: [false, true])
    func large(isPolling: Bool) async throws {
        let fixture = try Fixture()
        fixture.io.connectionStateRecovery = ConnectionStateRecovery()
        fixture.io.onConnection { $0.onDisconnect { fixture.log.append("\($0)") } }
        let (pid, offset) = try await first(fixture)
        let text = String(repeating: "x", count: 100_000)
        for _ in 0..<(isPolling ? 12 : 8) { fixture.io.emit("n", text) }
        for attempt in 1...3 {
            fixture.log = []
            if isPolling {
                let raw = try RawClient(port: fixture.port)
                let open = try await raw.request("GET", "/socket.io/?EIO=4&transport=polling")
                let id = try sid(in: open.text)
                let path = "/socket.io/?EIO=4&transport=polling&sid=\(id)"
                _ = try await raw.request(
                    "POST", path, body: "40{\"pid\":\"\(pid)\",\"offset\":\"\(offset)\"}")
                var isIn = false
                for _ in 0..<10 {
                    let poll = try await raw.request("GET", path)
                    if poll.text.contains("40{") { isIn = true; break }
                    if poll.status != 200 { break }
                }
                #expect(isIn, "attempt \(attempt): \(fixture.log)")
            } else {
                let raw = try await returning(fixture, pid, offset)
                var isIn = false
                do {
                    while !isIn { isIn = try await raw.text().hasPrefix("40") }
                } catch {}
                #expect(isIn, "attempt \(attempt): \(fixture.log)")
            }
            if fixture.log.isEmpty { break }
        }
    }

    @Test("the log counts the names of rooms")
    func logNames() {
        var log = EventLog(duration: 120_000, maxBytes: 1_000_000)
        var event = ArgumentsEncoder(eventName: "x")
        try? event.append("y")
        let arguments = event.finish()
        for i in 0..<200 {
            _ = log.append(
                arguments, rooms: [String(repeating: "r", count: 10_000) + "\(i)"], except: [],
                now: 0)
        }
        #expect(!log.isKept(after: -1, now: 0), "50 MB of names are kept, of 1 MB allowed")
    }

    @Test("what the log has dropped is not found")
    func deadEntries() {
        var log = EventLog(duration: 120_000, maxBytes: 100_000)
        var event = ArgumentsEncoder(eventName: "x")
        try? event.append(String(repeating: "y", count: 50_000))
        let arguments = event.finish()
        for i in 0..<60 { _ = log.append(arguments, rooms: [], except: [], now: i) }
        let entries = Mirror(reflecting: log).children.first { $0.label == "entries" }?.value
        let held = (entries as? [Any?])?.filter { $0 != nil }.count ?? 99
        #expect(held < 10, "\(held) times 50 KB are held, 100 KB are allowed")
    }
}
