// What a program prints, as lines for a page, however much it is. In: bytes, as they come.
// Out: lines, cut, some of them in a moment; and how much was left out. Next: ProgramRunner.swift.

import CourseLanguage
import Foundation
import Grading

/// Cuts the bytes of one stream into lines.
struct LineCutter {
    /// Characters of a line that are shown.
    private static let longest = 2_000
    /// Bytes of a line that has no end yet: a character has at most so many.
    private static let longestRest = 4 * longest
    private var rest = Data()

    /// The lines that are complete, or too long. `isLast`: the last one has no end.
    mutating func lines(of news: Program.News, isLast: Bool = false) -> [String] {
        // Up to the next line end there is half a line behind what was left out.
        var bytes = news.bytes
        if news.skipped > 0 {
            bytes = bytes.drop { $0 != UInt8(ascii: "\n") }.dropFirst()
            rest = Data()
        }
        rest += bytes
        var lines: [String] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(Self.line(rest[..<end]))
            rest = rest[(end + 1)...]
        }
        rest = Data(rest)
        if !rest.isEmpty, isLast || rest.count > Self.longestRest {
            lines.append(Self.line(rest))
            rest = Data()
        }
        return lines
    }

    private static func line(_ bytes: Data) -> String {
        let isLong = bytes.count > longest
        var text = String(decoding: isLong ? bytes.prefix(longestRest) : bytes, as: UTF8.self)
        if text.last == "\r" { text.removeLast() }
        guard isLong, text.count > longest else { return text }
        return "\(text.prefix(longest))…"
    }
}

/// Lets a burst of lines through, and a trickle after it; counts what it leaves out.
struct OutputValve {
    private static let burst = 400
    /// Lines for each call, of which there are 20 in a second.
    private static let trickle = 10
    /// A note about what was left out comes when that is over, or after so many calls.
    private static let patience = 20

    private var allowance = burst
    private var lines = 0
    private var bytes = 0
    private var calls = 0

    /// The lines that may be shown; to be called once in every tick.
    mutating func pass(_ all: [OutputLine], skipped: Int) -> [OutputLine] {
        allowance = min(Self.burst, allowance + Self.trickle)
        // The last ones: they may say how it came to its end.
        let passed = all.suffix(allowance)
        allowance -= passed.count
        lines += all.count - passed.count
        bytes += skipped
        calls += lines + bytes > 0 ? 1 : 0
        return Array(passed)
    }

    /// How much was left out, if it is time to say so.
    mutating func note(isQuiet: Bool) -> Sentence? {
        guard lines + bytes > 0, isQuiet || calls >= Self.patience else { return nil }
        defer { (lines, bytes, calls) = (0, 0, 0) }
        let size = "\((bytes + 1023) / 1024) KiB"
        let what: Sentence =
            bytes == 0 ? "\(lines) lines" : lines == 0 ? "\(size)" : "\(lines) lines and \(size)"
        return "\(what) left out: it prints more than can be shown"
    }
}
