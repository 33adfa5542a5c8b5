// What keeps a program from going on, as a sentence. Of a failed system call: which one, on what,
// and what the system said. And the system's clocks. Next: Poller.swift.

import Foundation

/// Something that a person has to put right.
package nonisolated struct Problem: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// A system call that failed.
package nonisolated struct SystemError: Error, CustomStringConvertible {
    /// What was tried, in words: "listen on 127.0.0.1 port 3000".
    package let attempt: String
    /// The system's error number.
    package let code: Int32

    package init(_ attempt: String, code: Int32 = errno) {
        self.attempt = attempt
        self.code = code
    }

    /// Whether another program has the port.
    package var isAddressInUse: Bool { code == EADDRINUSE }

    /// Whether the machine does not have this address, or its whole family.
    package var isAddressUnavailable: Bool { code == EADDRNOTAVAIL || code == EAFNOSUPPORT }

    package var description: String {
        "could not \(attempt): \(String(cString: strerror(code)))"
    }
}

/// The monotonic clock, in milliseconds: it never jumps when the system's time is set.
package nonisolated func monotonicMilliseconds() -> Int { milliseconds(of: CLOCK_MONOTONIC) }

/// The calendar's clock, in milliseconds since 1970: for a `Date` field and a handshake's time.
package nonisolated func calendarMilliseconds() -> Int { milliseconds(of: CLOCK_REALTIME) }

private nonisolated func milliseconds(of clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int(time.tv_sec) &* 1000 &+ Int(time.tv_nsec) / 1_000_000
}
