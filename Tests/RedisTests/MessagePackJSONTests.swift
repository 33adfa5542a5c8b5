// Between MessagePack and the JSON of Socket.IO's packets. Next: VectorTests.swift.

import MessagePackWire
import SocketIOWire
import Testing

@Suite("MessagePack and JSON")
struct MessagePackJSONTests {
    @Test(
        "a JSON text comes back as it was, members in their order",
        arguments: [
            #"["hi",1,"two"]"#, #"{"b":1,"a":{"z":null,"y":[true,false,-5]},"":0.5}"#, "null",
            #""quotes \" and \\ and \n""#, "[9007199254740993,18446744073709551615]", "[[],{}]",
        ])
    func order(json: String) throws {
        let value = try #require(MessagePackValue(json: Array(json.utf8)[...]))
        #expect(text(value.json.json) == json)
        #expect(text(value.jsonText) == json)
        let bytes = MessagePackEncoder.encode(value)
        #expect(try text(MessagePackDecoder.decode(bytes[...]).jsonText) == json)
    }

    @Test("a whole number is an integer however it was written, as in JavaScript")
    func numbers() throws {
        let json = Array("[5.0,5e0,-0,1e15,1.5,1e400]".utf8)
        let value = try #require(MessagePackValue(json: json[...]))
        #expect(value == [5, 5, 0, 1_000_000_000_000_000, .double(1.5), .double(.infinity)])
        #expect(text(value.jsonText) == "[5,5,0,1000000000000000,1.5,null]")
        #expect(value[0]?.int == 5)
    }

    @Test("attachments stand in their places, both ways")
    func attachments() throws {
        let json = #"["x",{"_placeholder":true,"num":1},{"a":{"_placeholder":true,"num":0}}]"#
        let encoded = EncodedArguments(json: Array(json.utf8), attachments: [[1], [2, 3]])
        let value = try #require(MessagePackValue(encoded))
        #expect(value == ["x", .binary([2, 3]), ["a": .binary([1])]])
        #expect(value.hasBinary)
        let back = value.json
        #expect(back.attachments == [[2, 3], [1]])
        let renumbered = #"["x",{"_placeholder":true,"num":0},{"a":{"_placeholder":true,"num":1}}]"#
        #expect(text(back.json) == renumbered)
        let buffers =
            #"["x",{"type":"Buffer","data":[2,3]},{"a":{"type":"Buffer","data":[1]}}]"#
        #expect(text(value.jsonText) == buffers)
    }

    @Test("an object that looks like a placeholder is an object where nothing is attached")
    func noAttachments() throws {
        let json = #"[{"_placeholder":true,"num":0}]"#
        let value = try #require(MessagePackValue(json: Array(json.utf8)[...]))
        #expect(!value.hasBinary)
        #expect(text(value.json.json) == json)
    }

    @Test(
        "what is no JSON, too deep, or without its attachment is nil",
        arguments: [
            "", "[1,]", "[01]", "{\"a\"}", #"[{"_placeholder":true,"num":7}]"#,
            #"[{"_placeholder":true}]"#, "[[[[]]]]",
        ])
    func refused(json: String) {
        let attachments: [[UInt8]] = [[1]]
        #expect(
            MessagePackValue(json: Array(json.utf8)[...], attachments: attachments, depthLimit: 3)
                == nil)
    }

    @Test("timestamps are texts, as JSON.stringify writes a Date")
    func timestamps() {
        let values: MessagePackValue = [
            .timestamp(seconds: 1_234_567_890, nanoseconds: 123_999_999),
            .timestamp(seconds: -1, nanoseconds: 995_000_000),
            .timestamp(seconds: .max, nanoseconds: 0),
        ]
        #expect(
            text(values.jsonText)
                == #"["2009-02-13T23:31:30.123Z","1969-12-31T23:59:59.995Z",null]"#)
    }

    @Test("what JSON does not have becomes what Node makes of it")
    func foreign() {
        let value: MessagePackValue = [.ext(0, [0]), .ext(7, [1]), .double(.nan)]
        #expect(value.hasBinary)
        #expect(!MessagePackValue.ext(0, [0]).hasBinary)
        #expect(text(value.jsonText) == #"[null,[7,{"type":"Buffer","data":[1]}],null]"#)
        let keys: MessagePackValue = .map([.init(1, 2), .init(true, 3), .init([nil], 4)])
        #expect(text(keys.jsonText) == #"{"1":2,"true":3,"[null]":4}"#)
    }

    @Test("members are found byte by byte; of two the last counts")
    func members() {
        let value: MessagePackValue = ["e\u{301}": 1, "a": 2, "a": 3]
        #expect(value["\u{e9}"] == nil)
        #expect(value["e\u{301}"]?.int == 1)
        #expect(value["a"]?.int == 3)
        #expect(value[0] == nil)
    }
}
