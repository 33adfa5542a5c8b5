// WebSocket frames, and the packets in them, as the tap tells of them.
// Next: HTTPObservationTests.swift.

import Foundation
import Tap
import Testing
import TestSupport

@Suite("The tap decodes frames")
nonisolated struct FrameObservationTests {
    @Test("an event is a packet in a packet in a frame, each part with its place and its meaning")
    func layers() throws {
        var traffic = Traffic.webSocket()
        traffic.up(masked(#"42/admin,7["chat message","hi"]"#))
        let frame = try #require(traffic.last)
        #expect(frame.kind == .frame)
        #expect(frame.way == .toServer)
        #expect(frame.visitor == "A")
        #expect(frame.time == 7)
        #expect(frame.number == 4)
        #expect(frame.problems.isEmpty)
        #expect(frame.summary == #"event /admin 7 ["chat message","hi"]"#)
        #expect(frame.bytes("WebSocket frame/first byte") == [0x81])
        #expect(frame.layer("WebSocket frame/first byte")?.meaning == "last frame, text")
        #expect(frame.bytes("WebSocket frame/length") == [0x9F])
        #expect(frame.layer("WebSocket frame/length")?.meaning == "masked, 31 bytes")
        #expect(frame.bytes("WebSocket frame/masking key") == [0x37, 0xFA, 0x21, 0x3D])
        #expect(frame.layer("WebSocket frame/payload")?.count == 31)
        #expect(frame.text("Engine.IO packet/type") == "4")
        #expect(frame.layer("Engine.IO packet/type")?.meaning == "message")
        let packet = "Engine.IO packet/Socket.IO packet"
        #expect(frame.text("\(packet)/type") == "2")
        #expect(frame.layer("\(packet)/type")?.meaning == "event")
        #expect(frame.text("\(packet)/namespace") == "/admin,")
        #expect(frame.text("\(packet)/acknowledgement id") == "7")
        #expect(frame.text("\(packet)/JSON") == #"["chat message","hi"]"#)
    }

    @Test("frames cut anywhere give the same observations")
    func cut() {
        let event = #"42["chat message","é"]"#
        let bytes =
            masked(event) + masked("2") + RawClient.frame(0x82, [1, 2])
            + masked(String(repeating: "4", count: 130), first: 0x89)
        var whole = Traffic.webSocket()
        whole.up(bytes)
        #expect(whole.observations.count == 7)
        for cut in 1..<bytes.count {
            var traffic = Traffic.webSocket()
            traffic.up(Array(bytes[..<cut]))
            traffic.up(Array(bytes[cut...]))
            #expect(traffic.observations == whole.observations, "cut at \(cut)")
        }
        var single = Traffic.webSocket()
        for byte in bytes { single.up([byte]) }
        #expect(single.observations == whole.observations)
    }

    @Test("frames right behind the upgrade, from both sides, are frames")
    func early() {
        var traffic = Traffic()
        let target = "/socket.io/?EIO=4&transport=websocket"
        let request = "GET \(target) HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n"
        traffic.up(Array(request.utf8) + masked("40"))
        #expect(traffic.summaries == ["A connects", "GET \(target)"])
        traffic.down(Array("HTTP/1.1 101 Switching Protocols\r\n\r\n".utf8) + plain("2"))
        #expect(traffic.summaries.suffix(3) == ["101 Switching Protocols", "connect", "ping"])
        #expect(traffic.observations[2].kind == .upgrade)
        #expect(traffic.observations[2].answers == 2)
        #expect(traffic.last?.isHeartbeat == true)
        traffic.down(plain("3probe"))
        #expect(traffic.last?.summary == "pong probe")
        #expect(traffic.last?.isHeartbeat == false)
    }

    @Test("fragments are told one by one, and the last one tells what the message says")
    func fragments() {
        var traffic = Traffic.webSocket()
        traffic.up(masked(#"42["chat "#, first: 0x01))
        #expect(traffic.last?.summary == "fragment, text, 9 bytes")
        traffic.up(masked("", first: 0x89))
        #expect(traffic.last?.summary == "ping")
        traffic.up(masked("message", first: 0x00))
        traffic.up(masked(#"","hi"]"#, first: 0x80))
        #expect(traffic.last?.summary == #"event ["chat message","hi"]"#)
        #expect(traffic.last?.content?.count == 23)
        #expect(
            traffic.last?.layer("WebSocket frame/first byte")?.meaning
                == "last frame, continuation")
        #expect(traffic.problems.isEmpty)
    }

    @Test("attachments are told with the packet that they belong to, and may be interleaved by way")
    func attachments() {
        var traffic = Traffic.webSocket()
        traffic.up(
            masked(
                #"452-["photo",{"_placeholder":true,"num":0},"#
                    + #"{"_placeholder":true,"num":1}]"#))
        let number = traffic.last?.number
        #expect(traffic.last?.text("Engine.IO packet/Socket.IO packet/attachments") == "2-")
        traffic.down(plain(#"42["other"]"#))
        traffic.up(RawClient.frame(0x82, [1, 2, 3]))
        #expect(traffic.last?.summary.hasPrefix("attachment 1 of 2, 3 bytes, of binary") == true)
        traffic.up(RawClient.frame(0x82, [4]))
        #expect(traffic.last?.summary.hasPrefix("attachment 2 of 2, 1 bytes") == true)
        #expect(traffic.last?.belongsTo == number)
        #expect(traffic.problems.isEmpty)
        traffic.up(RawClient.frame(0x82, [5]))
        #expect(traffic.problems == ["a binary message came without a packet that announced it"])
        traffic.up(masked(#"451-["photo",{"_placeholder":true,"num":0}]"#))
        traffic.up(masked(#"42["too early"]"#))
        #expect(traffic.problems.last == "a packet came before the attachments of the last one")
        traffic.up(masked(#"42["again"]"#))
        #expect(traffic.problems.count == 2)
    }

    @Test("of a long message 64 KiB are shown, and the whole is counted and understood")
    func long() {
        var traffic = Traffic.webSocket()
        let text = String(repeating: "x", count: 100_000)
        traffic.up(masked("42[\"chat message\",\"\(text)\"]"))
        #expect(traffic.last?.wire.bytes.count == 65_536)
        #expect(traffic.last?.wire.count == 100_035)
        #expect(traffic.last?.content?.count == 100_021)
        #expect(traffic.last?.layer("Engine.IO packet/Socket.IO packet/JSON")?.count == 100_019)
        #expect(traffic.last?.summary.utf8.count ?? 0 < 250)
        #expect(traffic.problems.isEmpty)
    }

    @Test(
        "a frame that breaks a rule says which, and the next one is read",
        arguments: [
            (plain("2"), "a frame of the client's was not masked"),
            (masked("2", first: 0xC1), "a reserved bit was set; no extension was agreed on"),
            (masked("2", first: 0x83), "opcode 3 is reserved"),
            (masked("a", first: 0x09), "a control frame must not be fragmented"),
            ([0x81, 0xFE, 0, 1, 0, 0, 0, 0, 0x32], "a length must be written in as few bytes"),
            (masked("2", first: 0x80), "a continuation came without a message to continue"),
            (masked("4", first: 0x01) + masked("2"), "a new message began before the last one"),
            (masked("x", first: 0x88), "a close frame has no payload or at least a code"),
            (masked("\u{3}\u{e7}", first: 0x88), "is no close code that may be sent"),
            (RawClient.frame(0x81, [0x34, 0xFF]), "a text was not valid UTF-8"),
            (masked(""), "an Engine.IO packet was empty"),
            (masked("9"), "an Engine.IO packet began with byte 57"),
            (masked("49"), "a Socket.IO packet must begin with a digit from 0 to 6"),
            (masked("42[1"), "the payload is not valid JSON"),
            (masked("42{}"), "an event or an acknowledgement has an array"),
            (masked("451[]"), "a binary packet must begin with a count and a hyphen"),
            (masked("43[]"), "an acknowledgement must have an id"),
        ])
    func malformed(bytes: [UInt8], problem: String) {
        var traffic = Traffic.webSocket()
        traffic.up(bytes)
        #expect(traffic.problems.contains { $0.contains(problem) })
        let count = traffic.problems.count
        traffic.up(masked(#"42["next"]"#))
        #expect(traffic.last?.summary == #"event ["next"]"#)
        #expect(traffic.problems.count == count)
        var other = Traffic.webSocket()
        other.down(masked("2"))
        #expect(other.problems == ["a frame of the server's was masked"])
    }

    @Test("a length that can't be is told once, and nothing more of this way")
    func undecodable() {
        var traffic = Traffic.webSocket()
        traffic.up([0x81, 0xFF] + [UInt8](repeating: 0xFF, count: 8))
        #expect(traffic.last?.kind == .undecodable)
        let count = traffic.observations.count
        traffic.up(masked("2"))
        #expect(traffic.observations.count == count)
        traffic.down(plain("2"))
        #expect(traffic.last?.summary == "ping")
    }

    @Test("a bare WebSocket has texts and binaries, and compressed ones are not looked into")
    func bare() {
        var traffic = Traffic.webSocket(
            "/echo", answer: "Sec-WebSocket-Extensions: permessage-deflate\r\n")
        traffic.up(masked("2"))
        #expect(traffic.last?.summary == "text 2")
        traffic.up(RawClient.frame(0x82, [1, 2]))
        #expect(traffic.last?.summary == "binary, 2 bytes")
        traffic.up(masked("??", first: 0xC1))
        #expect(traffic.last?.summary == "text, 2 bytes, compressed")
        traffic.up(RawClient.frame(0x88, [0x03, 0xE9] + "bye".utf8))
        #expect(traffic.last?.summary == "close 1001 bye")
        #expect(traffic.problems.isEmpty)
    }

    @Test("an observation becomes JSON and comes back, its bytes as base64")
    func json() throws {
        var traffic = Traffic.webSocket()
        traffic.up(masked("2"))
        let data = try JSONEncoder().encode(traffic.observations)
        let back = try JSONDecoder().decode([Observation].self, from: data)
        #expect(back == traffic.observations)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains(#""bytes":"gYE3+iE9BQ==""#))
    }
}
