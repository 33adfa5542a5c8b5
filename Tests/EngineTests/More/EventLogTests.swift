// What is kept for clients that come back, and what it costs to find what one of them has missed.

import Foundation
import SocketIOWire
import TestSupport
import Testing

@testable import Engine

@Suite("The log of events")
struct EventLogTests {
    private func arguments(_ text: String = "x") -> EncodedArguments {
        EncodedArguments(json: Array("[\"\(text)\"]".utf8), attachments: [])
    }

    private func texts(_ messages: [OutgoingMessage]) -> [String] {
        messages.map { String(decoding: $0.packet.payload, as: UTF8.self) }
    }

    private func log(maxBytes: Int = 1 << 40, duration: Int = 1_000) -> EventLog {
        EventLog(duration: duration, maxBytes: maxBytes)
    }

    @Test(
        "finding what a client has missed costs the same, however much others have heard",
        arguments: [1_000, 10_000, 100_000])
    func others(count: Int) async {
        var log = log()
        for number in 0..<count {
            // Other suites share the thread.
            if number % 500 == 0 { await Task.yield() }
            let room = number % 100 == 0 ? "mine" : "room \(number % 90)"
            _ = log.append(arguments("\(number)"), rooms: [room], except: [], now: 0)
        }
        let quiet = Audience(rooms: ["silent"], id: "me")
        #expect(log.size(after: 0, for: quiet) == 0)
        #expect(log.messages(after: 0, for: quiet, in: "/").isEmpty)
        #expect(log.visits == 0)
        let audience = Audience(rooms: ["mine"], id: "me")
        let missed = texts(log.messages(after: count - 401, for: audience, in: "/"))
        #expect(missed.count == 4 && missed.last?.hasPrefix("42[\"\(count - 100)\",") == true)
        #expect(log.visits == 4)
    }

    @Test("what is found is what a look at every event would find, in order, each once")
    func model() async {
        for seed in 1...50 {
            await Task.yield()
            var random = SeededGenerator(seed: UInt64(seed))
            var log = log(maxBytes: 20_000)
            var all: [(text: String, rooms: [String], except: [String])] = []
            let names = ["a", "b", "c", "d", "me", "other"]
            func some(_ most: Int) -> [String] {
                let count = Int.random(in: 0...most, using: &random)
                return (0..<count).compactMap { _ in names.randomElement(using: &random) }
            }
            for number in 0..<200 {
                let (rooms, except) = (some(3), some(1))
                all.append(("\(number)", rooms, except))
                _ = log.append(arguments("\(number)"), rooms: rooms, except: except, now: number)
                guard number % 7 == 0 else { continue }
                let audience = Audience(rooms: Set(some(3).filter { $0 != "me" }), id: "me")
                let offset = Int.random(in: 0...number, using: &random)
                guard log.isKept(after: offset, now: number) else { continue }
                let wanted = all[(offset + 1)...].filter { event in
                    (event.rooms.isEmpty || event.rooms.contains(where: audience.contains))
                        && !event.except.contains(where: audience.contains)
                }
                let found = texts(log.messages(after: offset, for: audience, in: "/"))
                #expect(found.map { $0.split(separator: "\"")[1] } == wanted.map { $0.text[...] })
                if !wanted.isEmpty { #expect(log.size(after: offset, for: audience) > 0) }
            }
            #expect(!log.isKept(after: -1, now: 200), "nothing was let go")
        }
    }

    @Test("rooms count for what they cost, and go with their last event")
    func bound() async {
        var log = log(maxBytes: 100_000)
        // Twelve rooms for each event, none of them used twice.
        for number in 0..<1_000 {
            if number % 100 == 0 { await Task.yield() }
            let rooms = (0..<12).map { "room \(number) \($0)" }
            _ = log.append(arguments(), rooms: rooms, except: [], now: 0)
        }
        // A room's name, its place in the index and its mark are well over 200 bytes.
        let (early, late) = (1_000 - 100_000 / (12 * 200), 980)
        let isKept = (log.isKept(after: early, now: 0), log.isKept(after: late, now: 0))
        #expect(isKept == (false, true))
        for _ in 0..<1_000 { _ = log.append(arguments(), rooms: ["busy"], except: [], now: 0) }
        let index = Mirror(reflecting: log).children.first { $0.label == "index" }?.value
        #expect((index as? RoomIndex)?.bytes == 160 + 4)
    }

    @Test("an event that several have missed is encoded once")
    func encodedOnce() {
        var log = log()
        _ = log.append(arguments(), rooms: [], except: [], now: 0)
        func bytes() -> UnsafeRawPointer? {
            let audience = Audience(rooms: [], id: "me")
            return log.messages(after: -1, for: audience, in: "/")[0].packet.frame
                .withUnsafeBytes { $0.baseAddress }
        }
        #expect(bytes() == bytes())
    }
}
