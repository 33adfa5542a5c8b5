// What goes out: payloads, packets, and the way there and back.

import Foundation
import SocketIOWire
import TestSupport
import Testing

private func encoded(_ write: (inout ArgumentsEncoder) throws -> Void) throws -> EncodedArguments {
    var encoder = ArgumentsEncoder(eventName: "x")
    try write(&encoder)
    return encoder.finish()
}

@Suite("Encoding")
struct EncodingTests {
    struct Message: Codable, Equatable {
        var from: String
        var data: Data?
    }

    @Test("plain values are written as JSON has them")
    func plain() throws {
        let arguments = try encoded {
            try $0.append("a\"\\/\u{1}\n\u{2028}ü🙂")
            try $0.append(-7)
            try $0.append(true)
            try $0.append(1.5)
            try $0.append([1, 2])
            try $0.append(Message(from: "a/b"))
            try $0.append(String?.none)
        }
        #expect(
            text(arguments.json)
                == "[\"x\",\"a\\\"\\\\/\\u0001\\n\u{2028}ü🙂\",-7,true,1.5,[1,2],"
                + "{\"from\":\"a/b\"},null]")
        #expect(arguments.attachments.isEmpty)
    }

    @Test("bytes at any depth become attachments, counted through")
    func binary() throws {
        let arguments = try encoded {
            try $0.append(Data([1]))
            try $0.append([Message(from: "a", data: Data([2]))])
            try $0.append(["k": JSON.binary(Data([3]))] as JSON)
            try $0.append(Data?.some(Data([4])))
        }
        #expect(arguments.attachments == [[1], [2], [3], [4]])
        #expect(
            text(arguments.json)
                == "[\"x\",\(place(0)),[{\"data\":\(place(1)),\"from\":\"a\"}],{\"k\":\(place(2))},"
                + "\(place(3))]")
    }

    @Test("a number that JSON does not have is null at any depth, as in JavaScript")
    func numbers() throws {
        struct Reading: Encodable {
            var double = Double.nan
            var float = -Float.infinity
            var decimal = Decimal.nan
            var any: JSON = [.double(.infinity)]
            var more: [String: [Double?]] = ["a": [1, .nan, nil]]
        }
        let arguments = try encoded {
            try $0.append(Double.nan)
            try $0.append(JSON.double(.infinity))
            try $0.append(Decimal.nan)
            try $0.append([Float.nan, 0.1])
            try $0.append(Reading())
        }
        #expect(
            text(arguments.json)
                == "[\"x\",null,null,null,[null,0.1],{\"any\":[null],\"decimal\":null,"
                + "\"double\":null,\"float\":null,\"more\":{\"a\":[1,null,null]}}]")
    }

    @Test("packets are written as the document has them")
    func packets() throws {
        let arguments = try encoded { try $0.append(1) }
        func event(_ namespace: String, _ id: Int?) -> String {
            var bytes: [UInt8] = []
            SocketIOPacketEncoder.appendEvent(
                namespace: namespace, ackID: id, arguments, to: &bytes)
            return text(bytes)
        }
        #expect(event("/", nil) == "2[\"x\",1]")
        #expect(event("/admin", 456) == "2/admin,456[\"x\",1]")
        var ack: [UInt8] = []
        SocketIOPacketEncoder.appendAck(
            namespace: "/admin", ackID: 456, ArgumentsEncoder().finish(), to: &ack)
        #expect(text(ack) == "3/admin,456[]")
        #expect(text(SocketIOPacketEncoder.connect(namespace: "/", json: "{}")) == "0{}")
        #expect(text(SocketIOPacketEncoder.disconnect(namespace: "/admin")) == "1/admin,")
        #expect(
            text(SocketIOPacketEncoder.connectError(namespace: "/a", json: "{}")) == "4/a,{}")
    }

    @Test("a numeric event goes out as a number, and arguments pass through as they came")
    func passing() throws {
        var numeric = ArgumentsEncoder(eventNumber: 3)
        let came = try arguments("52-[\"y\",1.50,{\"_placeholder\":true,\"num\":1}]", [[1], [2]])
        try numeric.append(contentsOf: came)
        let passed = numeric.finish()
        #expect(text(passed.json) == "[3,1.50,{\"_placeholder\":true,\"num\":1}]")
        #expect(passed.attachments == [[1], [2]])
        var behind = ArgumentsEncoder()
        try behind.append(Data([9]))
        try behind.append(contentsOf: came)
        let renumbered = behind.finish()
        #expect(renumbered.attachments == [[9], [2]])
        #expect(text(renumbered.json).hasSuffix("\"num\":1}]"))
    }
}

@Suite("Random JSON")
struct RandomJSONTests {
    @Test("any value comes back as it went, and Foundation reads the same")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let value = randomValue(5, &random)
            var encoder = ArgumentsEncoder(eventName: "x")
            try encoder.append(value)
            let json = encoder.finish().json
            let back = try arguments("2" + text(json)).decode(JSON.self, at: 0)
            #expect(back == value)
            #expect((try? JSONSerialization.jsonObject(with: Data(json))) != nil)
        }
    }

    @Test("a text with a wrong byte never traps, and what passes is JSON to Foundation as well")
    func mutations() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<3_000 {
            var encoder = ArgumentsEncoder(eventName: "x")
            try encoder.append(randomValue(3, &random))
            var packet = [UInt8(ascii: "2")] + encoder.finish().json
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<packet.count, using: &random)
                packet[index] = UInt8.random(in: 0..<128, using: &random)
            }
            var decoder = SocketIOPacketDecoder()
            guard case .event(_, _, let arguments)? = try? decoder.decode(text: packet[...]) else {
                continue
            }
            _ = try? arguments.decode(JSON.self, at: 0)
            _ = try? arguments.decode([String: Double].self, at: 0)
            // The layer below sees to it that texts are UTF-8; here it is enough not to trap.
            guard String(validating: packet, as: UTF8.self) != nil else { continue }
            // Foundation refuses numbers that no Double holds; they are JSON all the same.
            let sawNumberTooLarge = (try? arguments.decode(JSON.self, at: 0)) == nil
            let start = packet.firstIndex(of: UInt8(ascii: "[")) ?? 1
            let foundation = try? JSONSerialization.jsonObject(with: Data(packet[start...]))
            #expect(foundation != nil || sawNumberTooLarge, "\(text(packet))")
        }
    }
}
