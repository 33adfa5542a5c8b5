// Dates on their way to JSON and back: as JavaScript writes them, and in other forms of ISO 8601.
// Next: ValueTests.swift.

import Foundation
import SocketIOWire
import Testing

@Suite("Dates")
struct DateTests {
    struct Meeting: Codable, Equatable {
        var at: Date
        var more: [Date] = []
        var named: [String: Date?] = [:]
    }

    @Test(
        "a date is written as JSON.stringify writes it, and comes back",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_795_631_083_123, "2026-11-25T18:24:43.123Z"),
            (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (253_402_300_800_000, "+010000-01-01T00:00:00.000Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
            (-62_167_219_200_001, "-000001-12-31T23:59:59.999Z"),
            (8_640_000_000_000_000, "+275760-09-13T00:00:00.000Z"),
            (-8_640_000_000_000_000, "-271821-04-20T00:00:00.000Z"),
        ])
    func both(milliseconds: Int, text: String) throws {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        #expect(try json(date) == "\"\(text)\"")
        let back = try value(Date.self, "\"\(text)\"")
        #expect((back.timeIntervalSince1970 * 1000).rounded() == Double(milliseconds))
    }

    @Test("at any depth, and in JSON")
    func depth() throws {
        let date = Date(timeIntervalSince1970: 1_795_631_083.123)
        let text = "\"2026-11-25T18:24:43.123Z\""
        let meeting = Meeting(at: date, more: [date], named: ["a": date, "b": nil])
        #expect(
            try json(meeting)
                == "{\"at\":\(text),\"more\":[\(text)],\"named\":{\"a\":\(text),\"b\":null}}")
        #expect(try value(Meeting.self, json(meeting)) == meeting)
        #expect(try json(Date?.some(date)) == text)
        #expect(try json([[date]]) == "[[\(text)]]")
        #expect(try json(["at": .date(date)] as JSON) == "{\"at\":\(text)}")
        #expect(try value(JSON.self, text).date == date)
        #expect(try value(Date?.self, text) == date)
    }

    @Test("a date that JavaScript does not have is null")
    func beyond() throws {
        for seconds in [Double.nan, .infinity, -.infinity, 8.64e12 + 1, -8.64e12 - 1, 1e300] {
            #expect(try json(Date(timeIntervalSince1970: seconds)) == "null")
        }
        // Foundation counts days before 1582 otherwise.
        #expect(try json([Date.distantPast]) == "[\"0000-12-30T00:00:00.000Z\"]")
    }

    @Test(
        "other forms of ISO 8601 are read as well",
        arguments: [
            "2026-11-25T18:24:43Z", "2026-11-25T19:24:43+01:00", "2026-11-25T12:54:43.000-05:30",
            "2026-11-25T19:24:43.000000+0100", "2026-11-25t18:24:43,0z", "2026-11-25 18:24:43+00",
            "+002026-11-25T18:24:43Z",
        ])
    func forms(text: String) throws {
        let expected = Date(timeIntervalSince1970: 1_795_631_083)
        #expect(try value(Date.self, "\"\(text)\"") == expected)
    }

    @Test("a day alone begins in UTC, minutes need no seconds, microseconds are kept")
    func shortForms() throws {
        let day = Date(timeIntervalSince1970: 1_795_564_800)
        #expect(try value(Date.self, "\"2026-11-25\"") == day)
        #expect(try value(Date.self, "\"2026-11-25T00:00Z\"") == day)
        let moment = try value(Date.self, "\"2026-11-25T00:00:00.123456789Z\"")
        #expect(moment == Date(timeIntervalSince1970: 1_795_564_800.123456))
    }

    @Test(
        "what names no moment is a mismatch",
        arguments: [
            "\"\"", "\"now\"", "\"2026-11-25T18:24:43\"", "\"2026-13-01\"", "\"2026-02-29\"",
            "\"2026-11-25T24:00:00Z\"", "\"2026-11-25T18:60:00Z\"", "\"2026-11-25T18:24:60Z\"",
            "\"2026-11-25T18:24:43.Z\"", "\"2026-11-25T18:24:43Z \"", "\"26-11-25\"",
            "\"2026-11-25T18:24:43+1\"", "\"+275760-09-13T00:00:00.001Z\"", "\"+999999-01-01\"",
            "\"-999999-01-01\"", "817323883", "1795631083123", "null", "{}",
        ])
    func noDates(text: String) {
        #expect(throws: ArgumentMismatch.self) { try value(Date.self, text) }
        #expect(throws: ArgumentMismatch.self) { try value([Date].self, "[\(text)]") }
    }
}
