// Moments, as JSON.stringify writes them: `2026-11-25T18:24:43.123Z`.
// In: a Date. Out: its text. And back, from whatever of ISO 8601 names one moment.
// Spec: ECMA-262 §21.4.1.32 "Date Time String Format".
// Next: TextTypes.swift, ../../Bytes/More/CivilDate.swift.

import EngineBytes
import Foundation

/// The text of a moment, and the moment of a text.
package enum ISO8601 {
    /// A moment in JavaScript is at most so many milliseconds before or after 1970.
    private static let farthest = 8.64e15
    private static let day = 86_400

    // MARK: - Out

    /// The text, in UTC; nil for a date that JavaScript does not have: JSON.stringify writes null.
    package static func text(of date: Date) -> String? {
        // To the nearest: no Double is 0.123 s exactly, and cutting could make it 122 ms.
        let rounded = (date.timeIntervalSince1970 * 1000).rounded()
        guard abs(rounded) <= farthest else { return nil }
        let (seconds, milliseconds) = divide(Int(rounded), by: 1000)
        let (days, second) = divide(seconds, by: day)
        let date = CivilDate(daysSince1970: days)
        let year =
            (0...9999).contains(date.year)
            ? digits(date.year, 4)
            : (date.year < 0 ? "-" : "+") + digits(abs(date.year), 6)
        let clock = [second / 3600, second / 60 % 60, second % 60].map { digits($0, 2) }
        return "\(year)-\(digits(date.month, 2))-\(digits(date.day, 2))"
            + "T\(clock.joined(separator: ":")).\(digits(milliseconds, 3))Z"
    }

    /// Rounded down, so that the rest is never negative.
    private static func divide(_ number: Int, by divisor: Int) -> (Int, rest: Int) {
        let quotient = number >= 0 ? number / divisor : (number - divisor + 1) / divisor
        return (quotient, number - quotient * divisor)
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }

    // MARK: - In

    /// The moment that a text names. With or without fractions of a second, in UTC or with an
    /// offset; a day alone begins in UTC, as in JavaScript. Nil: it is no such text, or a clock's
    /// time without its offset, which is another moment at each place.
    package static func date(_ text: String) -> Date? {
        var rest = Array(text.utf8)[...]
        guard let days = takeDay(&rest) else { return nil }
        var microseconds = 0
        if !rest.isEmpty {
            guard take(&rest, "Tt "), let time = takeTime(&rest), let offset = takeOffset(&rest),
                rest.isEmpty
            else { return nil }
            microseconds = time - offset * 1_000_000
        }
        let moment = days * day * 1_000_000 + microseconds
        // One division of a whole number: what was written in decimals becomes the nearest Double.
        let date = moment % 1000 == 0 ? Double(moment / 1000) / 1e3 : Double(moment) / 1e6
        return abs(date) * 1000 <= farthest ? Date(timeIntervalSince1970: date) : nil
    }

    /// `2026-11-25`, `+012026-11-25`: its days since 1970.
    private static func takeDay(_ rest: inout ArraySlice<UInt8>) -> Int? {
        let isNegative = rest.first == .hyphen
        let isLong = take(&rest, "+-")
        // Far beyond what a Date can be, the arithmetic would overflow.
        guard let year = takeNumber(&rest, isLong ? 6 : 4), year < 276_000, take(&rest, "-"),
            let month = takeNumber(&rest, 2), (1...12).contains(month), take(&rest, "-"),
            let day = takeNumber(&rest, 2)
        else { return nil }
        let days = CivilDate.daysSince1970(year: isNegative ? -year : year, month: month, day: day)
        // Of the 30th of February something else comes back.
        guard CivilDate(daysSince1970: days).day == day else { return nil }
        return days
    }

    /// `18:24`, `18:24:43`, `18:24:43.123`: its microseconds.
    private static func takeTime(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard let hour = takeNumber(&rest, 2), hour < 24, take(&rest, ":"),
            let minute = takeNumber(&rest, 2), minute < 60
        else { return nil }
        var (second, microseconds) = (0, 0)
        if take(&rest, ":") {
            guard let number = takeNumber(&rest, 2), number < 60 else { return nil }
            second = number
            if take(&rest, ".,") {
                let fraction = rest.prefix(while: \.isDigit)
                guard !fraction.isEmpty else { return nil }
                rest = rest.dropFirst(fraction.count)
                for place in 0..<6 {
                    let digit = fraction.dropFirst(place).first ?? UInt8(ascii: "0")
                    microseconds = microseconds * 10 + Int(digit &- 0x30)
                }
            }
        }
        return (hour * 3600 + minute * 60 + second) * 1_000_000 + microseconds
    }

    /// `Z`, `+01:00`, `-0530`, `+01`: seconds east of Greenwich.
    private static func takeOffset(_ rest: inout ArraySlice<UInt8>) -> Int? {
        if take(&rest, "Zz") { return 0 }
        let isWest = rest.first == .hyphen
        guard take(&rest, "+-"), let hours = takeNumber(&rest, 2), hours < 24 else { return nil }
        _ = take(&rest, ":")
        let minutes = rest.isEmpty ? 0 : takeNumber(&rest, 2)
        guard let minutes, minutes < 60 else { return nil }
        return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, _ choices: String) -> Bool {
        guard let first = rest.first, choices.utf8.contains(first) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Exactly so many digits.
    private static func takeNumber(_ rest: inout ArraySlice<UInt8>, _ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
    }
}
