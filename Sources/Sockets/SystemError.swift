// A failed system call as a sentence: which call, on what, and what the system said.
// In: errno. Out: an error that a person can read. Next: Poller.swift.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

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

    /// Whether somebody else has the port.
    package var isAddressInUse: Bool { code == EADDRINUSE }

    /// Whether the machine does not have this address, or its whole family.
    package var isAddressUnavailable: Bool { code == EADDRNOTAVAIL || code == EAFNOSUPPORT }

    /// Whether a connection was never made, so that nothing has reached the other side.
    package var isNobodyThere: Bool {
        [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL].contains(code)
    }

    package var description: String {
        "could not \(attempt): \(String(cString: strerror(code)))"
    }
}

/// The monotonic clock, in milliseconds: it never jumps when somebody sets the time.
package nonisolated func monotonicMilliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) &* 1000 &+ Int(time.tv_nsec) / 1_000_000
}

/// The calendar's clock, in milliseconds since 1970: for a `Date` field and a handshake's time.
package nonisolated func calendarMilliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int(time.tv_sec) &* 1000 &+ Int(time.tv_nsec) / 1_000_000
}
