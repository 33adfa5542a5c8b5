// In: seconds since 1970. Out: the date as HTTP writes it, "Sun, 06 Nov 1994 08:49:37 GMT".
// Spec: RFC 9110 §5.6.7. Next: Bytes/CivilDate.swift, HTTPResponse.swift.

import EngineBytes

/// Dates in field values.
package enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The IMF-fixdate of a moment.
    /// Spec: RFC 9110 §5.6.7
    package static func string(secondsSince1970 seconds: Int) -> String {
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let second = seconds - day * 86_400
        let date = CivilDate(daysSince1970: day)
        let weekday = days[((day % 7) + 7) % 7]
        let clock = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        return "\(weekday), \(two(date.day)) \(months[date.month - 1]) \(date.year) \(clock) GMT"
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
