// Packets against the examples of the protocol's document, and everything that is no packet.

import Foundation
import SocketIOWire
import Testing

@Suite("Socket.IO packets")
struct SocketIOPacketTests {
    @Test("CONNECT, with and without namespace and data")
    func connect() throws {
        guard case .connect("/", nil) = try packet("0") else { return fail() }
        guard case .connect("/admin", nil) = try packet("0/admin,") else { return fail() }
        guard case .connect("/admin", nil) = try packet("0/admin") else { return fail() }
        guard case .connect("/admin", let payload?) = try packet("0/admin,{\"token\":\"123\"}")
        else { return fail() }
        #expect(payload.decode(JSON.self) == ["token": "123"])
    }

    @Test("a query is part of the namespace's name")
    func query() throws {
        guard case .connect("/?a=b", nil) = try packet("0/?a=b,") else { return fail() }
    }

    @Test("DISCONNECT and CONNECT_ERROR")
    func others() throws {
        guard case .disconnect("/") = try packet("1") else { return fail() }
        guard case .disconnect("/admin") = try packet("1/admin,") else { return fail() }
        guard case .connectError("/", let payload?) = try packet("4{\"message\":\"no\"}") else {
            return fail()
        }
        #expect(payload.decode(JSON.self)?["message"] == "no")
    }

    @Test("EVENT, with namespace and acknowledgement id")
    func event() throws {
        guard case .event("/", nil, let plain) = try packet("2[\"foo\"]") else { return fail() }
        #expect(plain.eventName == "foo")
        #expect(plain.count == 0)
        guard case .event("/admin", 12, let full) = try packet("2/admin,12[\"bar\",1]") else {
            return fail()
        }
        #expect(full.eventName == "bar")
        #expect(try full.decode(Int.self, at: 0) == 1)
    }

    @Test("an event's name may be a number")
    func numericName() throws {
        #expect(try arguments("2[1,\"x\"]").eventName == "1")
        #expect(try arguments("2[-7]").eventName == "-7")
    }

    @Test("ACK, and the largest id that fits")
    func ack() throws {
        guard case .ack("/admin", 13, let plain) = try packet("3/admin,13[\"bar\"]") else {
            return fail()
        }
        #expect(try plain.decode(String.self, at: 0) == "bar")
        guard case .ack("/", Int.max, _) = try packet("3\(Int.max)[]") else { return fail() }
    }

    @Test("a binary event is there when its last attachment is")
    func binary() throws {
        var decoder = SocketIOPacketDecoder()
        let head = "52-/admin,7[\"baz\",\(place(0)),\(place(1))]"
        #expect(try decoder.decode(text: bytes(head)) == nil)
        #expect(try decoder.decode(binary: [1]) == nil)
        guard case .event("/admin", 7, let arguments)? = try decoder.decode(binary: [2]) else {
            return fail()
        }
        #expect(arguments.attachments == [[1], [2]])
        guard case .event? = try decoder.decode(text: bytes("2[\"next\"]")) else { return fail() }
    }

    @Test("zero attachments are tolerated, ten are allowed, eleven are not")
    func counts() throws {
        #expect(try arguments("50-[\"x\"]").eventName == "x")
        var decoder = SocketIOPacketDecoder()
        #expect(try decoder.decode(text: bytes("510-[\"x\"]")) == nil)
        for _ in 0..<9 { #expect(try decoder.decode(binary: []) == nil) }
        #expect(try decoder.decode(binary: []) != nil)
        #expect(throws: SocketIOError("a packet has at most 10 attachments")) {
            try packet("511-[\"x\"]")
        }
    }

    @Test(
        "what is no packet is refused",
        arguments: [
            "", "7", "a", "2", "2{}", "2\"x\"", "2[]", "2[", "2[\"x\"", "2[\"x\"]]", "2[\"x\"]x",
            "2[\"x\",]", "2[,\"x\"]", "2[\"x\" 1]", "2[\"x\",01]", "2[\"x\",1.]", "2[\"x\",.5]",
            "2[\"x\",+1]", "2[\"x\",-]", "2[\"x\",1e]", "2[\"x\",tru]", "2[\"x\",nul]",
            "2[\"x\",'a']",
            "2[\"x\",\"a\tb\"]", "2[\"x\",\"\\x\"]", "2[\"x\",\"\\u12\"]", "2[\"x\",\"\\u12G4\"]",
            "2[\"x\",{\"a\"}]", "2[\"x\",{\"a\":}]", "2[\"x\",{\"a\":1,}]", "2[\"x\",{a:1}]",
            "2[{}]", "2[null]", "2[true]", "2[[]]", "0[]", "0\"x\"", "0{", "1{}", "1x", "3[]", "31",
            "31{}", "5[\"x\"]", "5-[\"x\"]", "5x-[\"x\"]", "51[\"x\"]",
            "299999999999999999999[\"x\"]",
            "2[\"connect\"]", "2[\"connect_error\"]", "2[\"disconnect\"]", "2[\"disconnecting\"]",
            "2[\"newListener\"]", "2[\"removeListener\"]", "2[\"\\u0063onnect\"]", "2[\"x\",NaN]",
        ])
    func malformed(text: String) {
        #expect(throws: SocketIOError.self) { try packet(text) }
    }

    @Test("bytes without an announcement are refused, and a text where bytes are missing")
    func order() {
        var stray = SocketIOPacketDecoder()
        #expect(throws: SocketIOError("a binary message came without a packet that announced it")) {
            try stray.decode(binary: [1])
        }
        var waiting = SocketIOPacketDecoder()
        #expect(throws: SocketIOError("a packet came before the attachments of the last one")) {
            _ = try waiting.decode(text: bytes("51-[\"x\"]"))
            _ = try waiting.decode(text: bytes("2[\"y\"]"))
        }
    }

    @Test("a placeholder that names no attachment is refused, at any depth")
    func placeholder() {
        for number in ["1", "-1", "0.5", "\"0\"", "99999999999999999999"] {
            #expect(
                throws: SocketIOError("a placeholder names an attachment that does not exist"),
                "\(number)"
            ) {
                try arguments(
                    "51-[\"x\",[{\"a\":{\"_placeholder\":true,\"num\":\(number)}}]]", [[1]])
            }
        }
    }

    @Test("a number too large for a Double is no bad placeholder")
    func largeNumbers() throws {
        let came = try arguments("51-[\"e\",\(place(0)),[1e999]]", [[1]])
        #expect(try came.decode(Data.self, at: 0) == Data([1]))
        #expect(throws: ArgumentMismatch.self) { try came.decode([Double].self, at: 1) }
        #expect(throws: ArgumentMismatch.self) { try came.decode(JSON.self, at: 1) }
        var decoder = SocketIOPacketDecoder()
        #expect(try decoder.decode(text: bytes("61-7[-1e999,\(place(0))]")) == nil)
        guard case .ack("/", 7, _)? = try decoder.decode(binary: [1]) else { return fail() }
        guard case .connect("/", _?) = try packet("0{\"a\":1e999}") else { return fail() }
    }

    @Test("blanks around JSON are JSON")
    func blanks() throws {
        guard case .event("/", 0, let asked) = try packet("20 [\"echo\",1]") else { return fail() }
        #expect(asked.eventName == "echo" && asked.count == 1)
        let blank = " \t\r\n"
        let event = "2/a,\(blank)[\(blank)\"a\"\(blank),\(blank)1\(blank)]\(blank)"
        guard case .event("/a", nil, let named) = try packet(event) else { return fail() }
        #expect(named.eventName == "a")
        #expect(try named.decode(Int.self, at: 0) == 1)
        #expect(text(named.json).first == "[" && text(named.json).last == "]")
        guard case .connect("/", let payload?) = try packet("0 {\"token\":1} ") else {
            return fail()
        }
        #expect(payload.decode(JSON.self) == ["token": 1])
        guard case .connect("/a", nil) = try packet("0/a, ") else { return fail() }
        guard case .ack("/", 1, _) = try packet("31\n[]") else { return fail() }
        guard case .connectError("/", _?) = try packet("4 {}") else { return fail() }
        let bytes = try arguments("51- [\"x\", \(place(0)) ] ", [[1]])
        #expect(try bytes.decode(Data.self, at: 0) == Data([1]))
        // Others are no blanks to JSON.
        for bad in ["2\u{B}[\"a\"]", "2\u{A0}[\"a\"]", "2[\"a\"]\0", "2 "] {
            #expect(throws: SocketIOError.self) { try packet(bad) }
        }
    }

    @Test("limits are where they are said to be")
    func limits() throws {
        let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
        // The payload's own array is the first level.
        #expect(try arguments("2[\"x\",\(deep(255))]").count == 1)
        #expect(throws: SocketIOError("the payload is nested deeper than 256 levels")) {
            try packet("2[\"x\",\(deep(256))]")
        }
        #expect(throws: SocketIOError("the payload is nested deeper than 256 levels")) {
            try packet("2[\"x\",\(deep(50_000))]")
        }
        let many = { (count: Int) in String(repeating: ",1", count: count) }
        #expect(try arguments("2[\"x\"\(many(1_000))]").count == 1_000)
        #expect(throws: SocketIOError("an event has at most 1000 arguments")) {
            try packet("2[\"x\"\(many(1_001))]")
        }
        let long = String(repeating: "n", count: 1_100)
        #expect(throws: SocketIOError("an event's name has at most 1024 bytes")) {
            try packet("2[\"\(long)\"]")
        }
        #expect(throws: SocketIOError("a namespace has at most 1024 bytes")) {
            try packet("0/\(long),")
        }
    }

    @Test(
        "an error says what was wrong",
        arguments: [
            ("", "begin with a digit"), ("7", "begin with a digit"), ("5-[\"x\"]", "a count"),
            ("511-[\"x\"]", "10 attachments"), ("29223372036854775808[]", "below 2^63"),
            ("3[]", "must have an id"), ("2", "has an array"), ("0[]", "an object"),
            ("1{}", "neither an id nor a payload"), ("2[\"x\",]", "not valid JSON"),
            ("2[true]", "a string or a number"), ("2[]", "a string or a number"),
            ("2[\"connect\"]", "is reserved"),
        ])
    func sentences(text: String, part: String) throws {
        let error = try #require(throws: SocketIOError.self) { try packet(text) }
        #expect(error.description.contains(part))
    }

    private func fail(_ location: SourceLocation = #_sourceLocation) {
        Issue.record("another packet came out", sourceLocation: location)
    }
}
