// In: seconds since 1970. Out: the date as HTTP writes it, "Sun, 06 Nov 1994 08:49:37 GMT".
// Spec: RFC 9110 §5.6.7. Next: HTTPResponse.swift.

import Foundation

/// Dates in field values.
package enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The IMF-fixdate of a moment.
    /// Spec: RFC 9110 §5.6.7
    package static func string(secondsSince1970 seconds: Int) -> String {
        var moment = time_t(seconds)
        var date = tm()
        gmtime_r(&moment, &date)
        let (weekday, month) = (days[Int(date.tm_wday)], months[Int(date.tm_mon)])
        let clock = "\(two(date.tm_hour)):\(two(date.tm_min)):\(two(date.tm_sec))"
        return "\(weekday), \(two(date.tm_mday)) \(month) \(1900 + date.tm_year) \(clock) GMT"
    }

    private static func two(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
