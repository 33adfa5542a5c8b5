// Values of all types on their way to JSON and back: addresses, numbers without loss, names as they
// came, and types that encode themselves in their own ways. Next: DateTests.swift.

import Foundation
import SocketIOWire
import Testing

@Suite("Values")
struct ValueTests {
    @Test("addresses and ids are strings")
    func strings() throws {
        let url = try #require(URL(string: "https://a.example/b/c?q=1#f"))
        #expect(try json(url) == "\"https://a.example/b/c?q=1#f\"")
        #expect(try json(["u": [url]]) == "{\"u\":[\"https://a.example/b/c?q=1#f\"]}")
        #expect(try value([URL].self, json([url])) == [url])
        #expect(throws: ArgumentMismatch.self) { try value(URL.self, "\"\"") }
        let id = UUID()
        #expect(try json(id) == "\"\(id.uuidString)\"")
        #expect(try value([UUID: Int].self, json([id: 1])) == [id: 1])
        #expect(throws: ArgumentMismatch.self) { try value(UUID.self, "\"x\"") }
    }

    @Test("numbers lose nothing")
    func numbers() throws {
        let long = "0.1234567890123456789012345678901234567"
        #expect(try json(#require(Decimal(string: long))) == long)
        for text in [long, "-3.3", "123456789012345678901234567890", "1e100", "0"] {
            let decimal = try #require(Decimal(string: text))
            #expect(try value(Decimal.self, text) == decimal)
            #expect(try value([Decimal].self, json([decimal])) == [decimal])
        }
        #expect(throws: ArgumentMismatch.self) { try value(Decimal.self, "1e999") }
        #expect(throws: ArgumentMismatch.self) { try value(Decimal.self, "\"1\"") }
        func comesBack<T: FixedWidthInteger & Codable>(_ type: T.Type) throws {
            for number in [T.min, T.max, 0] {
                #expect(try json(number) == "\(number)")
                #expect(try value(T.self, "\(number)") == number)
                #expect(try value([T].self, json([number])) == [number])
            }
            #expect(throws: ArgumentMismatch.self) { try value(T.self, "\(T.max)0") }
            #expect(throws: ArgumentMismatch.self) { try value(T.self, "-\(T.max)0.0") }
        }
        try comesBack(Int8.self)
        try comesBack(UInt8.self)
        try comesBack(Int16.self)
        try comesBack(UInt16.self)
        try comesBack(Int32.self)
        try comesBack(UInt32.self)
        try comesBack(Int64.self)
        try comesBack(UInt64.self)
        try comesBack(UInt.self)
        for float in [Float(0.1), 5, -.leastNonzeroMagnitude, .greatestFiniteMagnitude] {
            #expect(try value(Float.self, json(float)) == float)
        }
        #expect(try json(Float(0.1)) == "0.1")
        #expect(throws: ArgumentMismatch.self) { try value(Float.self, "1e39") }
        for double in [0.1, 5, 1e21, -1e-7, .pi, .greatestFiniteMagnitude, .leastNonzeroMagnitude] {
            #expect(try value(Double.self, json(double)) == double)
            #expect(try value([Double].self, json([double])) == [double])
        }
        #expect(try json([5.0, 0.5, 1e21]) == "[5,0.5,1e+21]")
    }

    @Test("names are compared by their bytes, also where Swift holds them for equal")
    func names() throws {
        let both = "{\"e\u{301}\":2,\"\u{e9}\":1}"
        let object = try value(JSON.self, both)
        #expect(object["\u{e9}"] == 1 && object["e\u{301}"] == 2)
        #expect(object.members?.count == 2 && object.object?.count == 1)
        #expect(try json(object) == both)
        struct Holder: Codable { var any: JSON }
        #expect(try value(Holder.self, "{\"any\":\(both)}").any == object)
        #expect(try json(Holder(any: object)) == "{\"any\":\(both)}")
        struct Named: Codable, Equatable {
            var e: Int?
            enum CodingKeys: String, CodingKey { case e = "\u{e9}" }
        }
        #expect(try value(Named.self, both) == Named(e: 1))
        #expect(try value(Named.self, "{\"e\u{301}\":2}") == Named())
        var members: JSON.Members = ["e\u{301}": 2]
        members["\u{e9}"] = 1
        #expect(JSON.object(members) == object)
        members["e\u{301}"] = nil
        #expect(members.dictionary == ["\u{e9}": 1])
    }

    @Test("of two members with the same name the last one counts, for every type")
    func doubles() throws {
        let twice = "{\"a\":1,\"\\u0061\":2}"
        #expect(try value(JSON.self, twice) == ["a": 2])
        #expect(try value([String: Int].self, twice) == ["a": 2])
    }
}

/// Types that encode themselves in their own ways.
@Suite("Types with a form of their own")
struct OwnFormTests {
    enum Shape: Codable, Equatable {
        case circle(radius: Double)
        case point
        case polygon([Int], name: String?)
    }

    class Animal: Codable {
        var name = "a"
        init() {}
    }

    final class Dog: Animal {
        var tricks = [1]
        enum CodingKeys: CodingKey { case tricks }
        override init() { super.init() }
        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            try super.init(from: container.superDecoder())
            tricks = try container.decode([Int].self, forKey: .tricks)
        }
        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try super.encode(to: container.superEncoder())
            try container.encode(tricks, forKey: .tricks)
        }
    }

    /// Fills two containers in turns.
    struct Interleaved: Encodable {
        enum Keys: CodingKey { case a, b, list }
        func encode(to encoder: any Encoder) throws {
            var outer = encoder.container(keyedBy: Keys.self)
            var b = outer.nestedContainer(keyedBy: Keys.self, forKey: .b)
            var list = outer.nestedUnkeyedContainer(forKey: .list)
            var a = outer.nestedContainer(keyedBy: Keys.self, forKey: .a)
            try a.encode(1, forKey: .b)
            try b.encode(2, forKey: .b)
            try list.encode(true)
            var inner = list.nestedUnkeyedContainer()
            try list.encodeNil()
            try inner.encode("x")
            try a.encodeNil(forKey: .a)
            try b.encode([String: Int](), forKey: .a)
        }
    }

    @Test("enums, sets, numbers as keys, classes, nothing at all")
    func forms() throws {
        for shape in [Shape.circle(radius: 1.5), .point, .polygon([1, 2], name: "p")] {
            #expect(try value(Shape.self, json(shape)) == shape)
        }
        #expect(try json(Shape.circle(radius: 2)) == "{\"circle\":{\"radius\":2}}")
        #expect(try value(Set<Int>.self, json(Set([1, 2]))) == [1, 2])
        #expect(try value([Int: String].self, json([7: "a"])) == [7: "a"])
        #expect(try value([Int?].self, json([1, nil])) == [1, nil])
        #expect(try value(ClosedRange<Int>.self, json(1...3)) == 1...3)
        let dog = Dog()
        dog.name = "b"
        #expect(try json(dog) == "{\"super\":{\"name\":\"b\"},\"tricks\":[1]}")
        #expect(try value(Dog.self, json(dog)).name == "b")
        struct Empty: Codable {}
        #expect(try json([Empty()]) == "[{}]")
        _ = try value(Empty.self, "{\"more\":1}")
    }

    @Test("containers may be filled in turns")
    func turns() throws {
        #expect(
            try json(Interleaved())
                == "{\"a\":{\"a\":null,\"b\":1},\"b\":{\"a\":{},\"b\":2},"
                + "\"list\":[true,[\"x\"],null]}")
    }

    @Test("a type that tries one form after the other finds its own")
    func alternatives() throws {
        enum Either: Decodable, Equatable {
            case number(Int), text(String)
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(Int.self) {
                    self = .number(number)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }
        }
        #expect(try value([Either].self, "[1,\"a\",2.0]") == [.number(1), .text("a"), .number(2)])
        struct Mixed: Decodable, Equatable {
            var first: Int
            var second: String
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                first = (try? container.decode(Int.self)) ?? 0
                second = try container.decode(String.self)
            }
        }
        #expect(try value(Mixed.self, "[\"a\"]").second == "a")
        #expect(throws: ArgumentMismatch.self) { try value(Mixed.self, "[1]") }
    }
}
