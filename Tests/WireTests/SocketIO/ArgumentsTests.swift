// Arguments, decoded by the type that a handler asks for.

import Foundation
import SocketIOWire
import Testing

private func one(_ json: String, _ attachments: [[UInt8]] = []) throws -> Arguments {
    let head = attachments.isEmpty ? "2" : "5\(attachments.count)-"
    return try arguments("\(head)[\"x\",\(json)]", attachments)
}

@Suite("Arguments")
struct ArgumentsTests {
    @Test(
        "a string is decoded with all its escapes",
        arguments: [
            ("\"\"", ""), ("\"a\"", "a"), ("\"ü🙂\"", "ü🙂"), ("\"\\\"\\\\\\/\"", "\"\\/"),
            ("\"\\b\\f\\n\\r\\t\"", "\u{8}\u{C}\n\r\t"), ("\"\\u0041\\u00e9\"", "Aé"),
            ("\"\\ud83d\\ude42\"", "🙂"), ("\"\\ud83d\"", "\u{FFFD}"), ("\"\\ude42x\"", "\u{FFFD}x"),
            ("\"\\ud83d\\u0041\"", "\u{FFFD}A"), ("\"\\u0000\"", "\0"),
            ("\"\\u0041\\\\u0042\"", "A\\u0042"), ("\"\\ud83dx\\ude42\"", "\u{FFFD}x\u{FFFD}"),
            ("\"\u{2028}\"", "\u{2028}"),
        ])
    func strings(json: String, expected: String) throws {
        #expect(try one(json).decode(String.self, at: 0) == expected)
        #expect(try one(json).decode(JSON.self, at: 0) == .string(expected))
    }

    @Test("whole numbers to the last one that fits, however they are written, and not beyond")
    func integers() throws {
        struct Holder: Decodable { let v: Int }
        for number in [0, 1, -1, 42, Int.max, Int.min] {
            #expect(try one("\(number)").decode(Int.self, at: 0) == number)
        }
        for (json, number) in [("-0", 0), ("5.0", 5), ("1e2", 100), ("-2.50E1", -25)] {
            #expect(try one(json).decode(Int.self, at: 0) == number)
            #expect(try one(json).decode(Int?.self, at: 0) == number)
            #expect(try one(json).decode(JSON.self, at: 0).int == number)
            #expect(try one("{\"v\":\(json)}").decode(Holder.self, at: 0).v == number)
        }
        for bad in [
            "9223372036854775808", "-9223372036854775809", "9223372036854775808.0", "1e19", "1e999",
            "1.5", "1e-2", "\"1\"", "true", "null",
        ] {
            #expect(throws: ArgumentMismatch.self, "\(bad)") {
                try one(bad).decode(Int.self, at: 0)
            }
            #expect(throws: ArgumentMismatch.self, "\(bad)") {
                try one("{\"v\":\(bad)}").decode(Holder.self, at: 0)
            }
        }
    }

    @Test("fractions and exponents; what is too large is a mismatch")
    func doubles() throws {
        for (json, expected) in [("1.5", 1.5), ("-2", -2), ("1e2", 100), ("1E-2", 0.01)] {
            #expect(try one(json).decode(Double.self, at: 0) == expected)
        }
        #expect(throws: ArgumentMismatch.self) { try one("1e400").decode(Double.self, at: 0) }
        #expect(throws: ArgumentMismatch.self) { try one("1e400").decode(JSON.self, at: 0) }
        #expect(throws: ArgumentMismatch.self) { try one("\"1\"").decode(Double.self, at: 0) }
    }

    @Test("a missing argument is nil where that is possible, null as JSON, a mismatch otherwise")
    func missing() throws {
        let none = try arguments("2[\"x\"]")
        #expect(try none.decode(JSON.self, at: 0) == .null)
        #expect(try none.decode(JSON?.self, at: 0) == nil)
        #expect(try none.decode(String?.self, at: 0) == nil)
        #expect(try one("null").decode(Int?.self, at: 0) == nil)
        #expect(try one("7").decode(Int?.self, at: 0) == 7)
        #expect(throws: ArgumentMismatch.self) { try one("\"a\"").decode(Int?.self, at: 0) }
        #expect(throws: ArgumentMismatch.self) { try none.decode(String.self, at: 0) }
        #expect(throws: ArgumentMismatch.self) { try one("null").decode(String.self, at: 0) }
    }

    struct Point: Codable, Equatable {
        var x: Int
        var label: String?
        var tags: [String: [Bool]]?
    }

    @Test("structs, arrays and dictionaries")
    func shapes() throws {
        #expect(try one("{\"x\":1}").decode(Point.self, at: 0) == Point(x: 1))
        #expect(
            try one("{\"x\":1,\"label\":\"a\",\"tags\":{\"t\":[true]},\"more\":0}")
                .decode(Point.self, at: 0) == Point(x: 1, label: "a", tags: ["t": [true]]))
        #expect(try one("[1,2]").decode([Int].self, at: 0) == [1, 2])
        #expect(throws: ArgumentMismatch.self) { try one("{}").decode(Point.self, at: 0) }
    }

    struct Photo: Codable, Equatable {
        var data: Data
        var thumbnail: Data?
        var more: [Data]
        var any: JSON
    }

    @Test("bytes at any depth come from the attachments")
    func binary() throws {
        let json =
            "{\"data\":\(place(0)),\"thumbnail\":\(place(1)),\"more\":[\(place(2))],"
            + "\"any\":{\"deep\":[\(place(0))]}}"
        let photo = try one(json, [[1], [2], [3]]).decode(Photo.self, at: 0)
        #expect(photo.data == Data([1]))
        #expect(photo.thumbnail == Data([2]))
        #expect(photo.more == [Data([3])])
        #expect(photo.any == ["deep": [JSON.binary(Data([1]))]])
        #expect(try one(place(0), [[9]]).decode(Data.self, at: 0) == Data([9]))
        #expect(try one(place(0), [[9]]).decode(Data?.self, at: 0) == Data([9]))
        #expect(try one("null").decode(Data?.self, at: 0) == nil)
        #expect(throws: ArgumentMismatch.self) { try one("\"AQ==\"").decode(Data.self, at: 0) }
    }

    @Test("without attachments a placeholder is an object like any other")
    func plainPlaceholder() throws {
        let value = try one("{\"_placeholder\":true,\"num\":0}").decode(JSON.self, at: 0)
        #expect(value == ["_placeholder": true, "num": 0])
    }

    @Test("a mismatch says which argument, what was expected and what came")
    func sentences() throws {
        let both = try arguments("2[\"x\",\"text\",{\"a\":\"\\n\"}]")
        let first = #expect(throws: ArgumentMismatch.self) { try both.decode(Int.self, at: 0) }
        #expect(
            first?.description == "argument 1: expected Int, but the string \"text\" arrived")
        let second = #expect(throws: ArgumentMismatch.self) { try both.decode(String.self, at: 1) }
        #expect(
            second?.description.hasPrefix("argument 2: expected String, but the object") == true)
        let third = #expect(throws: ArgumentMismatch.self) { try both.decode(String.self, at: 2) }
        #expect(third?.description == "argument 3: expected String, but nothing arrived")
    }

    struct Parcel: Decodable {
        enum Kind: String, Decodable { case letter, box }
        struct Sender: Decodable { let name: String, age: Int8? }
        let from: Sender
        let text: String
        let tags: [Int]?
        let kind: Kind?
        let sent: Date?
    }

    @Test(
        "a mismatch within a struct names the field",
        arguments: [
            ("{\"from\":{\"name\":\"a\"}}", "field `text`: missing"),
            ("{\"from\":{},\"text\":\"\"}", "field `from.name`: missing"),
            (
                "{\"from\":{\"name\":5},\"text\":\"\"}",
                "field `from.name`: expected String, but the number 5 arrived"
            ),
            (
                "{\"from\":{\"name\":\"a\",\"age\":300},\"text\":\"\"}",
                "field `from.age`: expected Int8, but the number 300 arrived"
            ),
            (
                "{\"from\":{\"name\":\"a\"},\"text\":null}",
                "field `text`: expected String, but the value null arrived"
            ),
            (
                "{\"from\":{\"name\":\"a\"},\"text\":\"\",\"tags\":[1,\"\\n\"]}",
                "field `tags[1]`: expected Int, but the string \"\\n\" arrived"
            ),
            (
                "{\"from\":[],\"text\":\"\"}",
                "field `from`: expected an object, but the array [] arrived"
            ),
            (
                "{\"from\":{\"name\":\"a\"},\"text\":\"\",\"kind\":\"bag\"}",
                "field `kind`: Cannot initialize Kind from invalid String value bag"
            ),
            (
                "{\"from\":{\"name\":\"a\"},\"text\":\"\",\"sent\":1795631083123}",
                "field `sent`: expected Date, but the number 1795631083123 arrived"
            ),
            ("7", "expected Parcel, but the number 7 arrived"),
        ])
    func fields(json: String, expected: String) throws {
        let error = #expect(throws: ArgumentMismatch.self) {
            try one(json).decode(Parcel.self, at: 0)
        }
        #expect(error?.description == "argument 1: \(expected)")
    }

    @Test("a struct may be 64 levels deep, on a stack of half a megabyte; deeper is a mismatch")
    func depthOfStructs() {
        struct Holder: Decodable { let x: JSON }
        // As Dispatch's threads have it.
        nonisolated(unsafe) var taken: [Bool] = []
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            for depth in [62, 64, 250] {
                let inside = String(repeating: "{\"x\":", count: depth)
                let text = "2[\"e\",{\"x\":\(inside)1\(String(repeating: "}", count: depth))}]"
                let holder = try? arguments(text).decode(Holder.self, at: 0)
                taken.append(holder != nil)
            }
            done.signal()
        }
        thread.stackSize = 512 << 10
        thread.start()
        done.wait()
        #expect(taken == [true, false, false])
    }

    @Test("a copy has bytes of its own, and says the same")
    func copies() throws {
        let packed = Array("xxxx2[\"e\",\"a\",{\"b\":1}]".utf8)
        var decoder = SocketIOPacketDecoder()
        guard case .event(_, _, let came)? = try decoder.decode(text: packed[4...]) else {
            throw NoEvent()
        }
        let copy = came.copied()
        #expect(came.json.startIndex > 0 && copy.json.startIndex == 0)
        #expect(copy.eventName == "e" && copy.count == 2)
        #expect(try copy.decode(String.self, at: 0) == "a")
        #expect(try copy.decode([String: Int].self, at: 1) == ["b": 1])
    }
}
