// Packets and payloads against the vectors of the protocol's document.

import EngineIOWire
import Testing

@Suite("Engine.IO packets")
struct EngineIOPacketTests {
    @Test("each type of packet is decoded from its digit")
    func types() throws {
        #expect(try EngineIOPacket.decode(text: bytes("0{}")) == .open(bytes("{}")))
        #expect(try EngineIOPacket.decode(text: bytes("1")) == .close)
        #expect(try EngineIOPacket.decode(text: bytes("2probe")) == .ping(bytes("probe")))
        #expect(try EngineIOPacket.decode(text: bytes("3")) == .pong(bytes("")))
        #expect(try EngineIOPacket.decode(text: bytes("4hello")) == .text(bytes("hello")))
        #expect(try EngineIOPacket.decode(text: bytes("5")) == .upgrade)
        #expect(try EngineIOPacket.decode(text: bytes("6")) == .noop)
    }

    @Test("an empty text is no packet")
    func empty() {
        let error = EngineIOPacketError(
            "an Engine.IO packet was empty; expected a digit from 0 to 6 and its data")
        #expect(throws: error) { try EngineIOPacket.decode(text: []) }
    }

    @Test("a text that begins with no type is no packet", arguments: ["7", "a", "-1", " 4", "é"])
    func unknown(text: String) {
        #expect(throws: EngineIOPacketError.self) { try EngineIOPacket.decode(text: bytes(text)) }
    }

    @Test("a packet's text decodes to the same packet")
    func roundTrip() throws {
        let packets: [EngineIOPacket] = [
            .open(bytes("{\"sid\":\"x\"}")), .close, .ping([]), .pong(EngineIOPacket.probe),
            .text(bytes("€")), .upgrade, .noop,
        ]
        for packet in packets {
            let text = try #require(packet.text)
            #expect(try EngineIOPacket.decode(text: text[...]) == packet)
        }
        #expect(EngineIOPacket.binary([1]).text == nil)
    }
}

@Suite("Engine.IO payloads")
struct PayloadTests {
    @Test("the document's example of several packets is decoded in order")
    func several() throws {
        let packets = try EngineIOPayload.decode(bytes("4hello\u{1E}2\u{1E}4world"))
        #expect(packets == [.text(bytes("hello")), .ping([]), .text(bytes("world"))])
    }

    @Test("a binary packet travels as b and base64")
    func binary() throws {
        let packets = try EngineIOPayload.decode(bytes("4hello\u{1E}bAQIDBA=="))
        #expect(packets == [.text(bytes("hello")), .binary([1, 2, 3, 4])])
    }

    @Test(
        "one bad packet spoils the whole body",
        arguments: ["", "4a\u{1E}", "\u{1E}4a", "4a\u{1E}x", "4a\u{1E}b!!!!", "4a\u{1E}bA"])
    func malformed(body: String) {
        #expect(throws: EngineIOPacketError.self) { try EngineIOPayload.decode(bytes(body)) }
    }

    @Test("what is encoded is decoded to the same packets, and as long as was said")
    func roundTrip() throws {
        var body: [UInt8] = []
        var size = 0
        for length in 0..<20 {
            let text = [UInt8](repeating: UInt8(ascii: "4"), count: length + 1)
            EngineIOPayload.append(text[...], isBinary: false, to: &body)
            size += EngineIOPayload.size(ofPacketWith: length + 1, isBinary: false)
            let data = [UInt8](repeating: 0x1E, count: length)
            EngineIOPayload.append(data[...], isBinary: true, to: &body)
            size += EngineIOPayload.size(ofPacketWith: length, isBinary: true)
        }
        // The first packet has no separator before it.
        #expect(body.count == size - 1)
        let packets = try EngineIOPayload.decode(body[...])
        #expect(packets.count == 40)
        #expect(packets[5] == .binary([0x1E, 0x1E]))
    }
}

@Suite("Engine.IO handshake and refusals")
struct HandshakeTests {
    @Test("the open packet has the reference's members in the reference's order")
    func open() {
        let handshake = EngineIOPacket.handshake(
            sid: "lv_VI97HAXpY6yYWAAAB", canUpgrade: true, pingInterval: 25_000,
            pingTimeout: 20_000, maxPayload: 1_000_000)
        let expected =
            "0{\"sid\":\"lv_VI97HAXpY6yYWAAAB\",\"upgrades\":[\"websocket\"],"
            + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}"
        #expect(String(decoding: handshake, as: UTF8.self) == expected)
        let old = EngineIOPacket.handshake(
            sid: "x", canUpgrade: false, pingInterval: 1, pingTimeout: 2, maxPayload: nil)
        let short = "0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":2}"
        #expect(String(decoding: old, as: UTF8.self) == short)
    }

    @Test("each refusal has the reference's code and words")
    func refusals() {
        let all: [EngineIOError] = [
            .unknownTransport, .unknownSessionID, .badHandshakeMethod, .badRequest, .forbidden,
            .unsupportedProtocolVersion,
        ]
        #expect(all.map(\.code) == [0, 1, 2, 3, 4, 5])
        let body = String(decoding: EngineIOError.unknownSessionID.body, as: UTF8.self)
        #expect(body == "{\"code\":1,\"message\":\"Session ID unknown\"}")
    }
}
