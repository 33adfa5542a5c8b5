// The table of a class: a row for each entry, written anew whenever one is known.
// Next: ClassRun.swift.

import CourseLanguage
import Foundation
import Grading

/// What is known of one entry.
struct ClassRow {
    let name: String
    /// Nil as long as it has not been its turn.
    var note: Sentence?
    /// What the next stage would have wanted first.
    var next: Sentence = ""
    var report: Report?
    /// Points that count less where help was taken: see `earned`.
    var earned: String?
    /// How much of it is in the course, in percent.
    var given: Int?
    /// The others that it is like.
    var similar = ""
    /// Trouble of this machine: no verdict about the entry.
    var hasTrouble = false

    /// Points of the 100, and points beyond them.
    var coursePoints: Int { report.map { $0.isBonus ? 0 : $0.points } ?? 0 }
    var bonusPoints: Int { report.map { $0.isBonus ? $0.points : 0 } ?? 0 }

    /// The cells, by the names of their columns.
    func cells(seed: UInt64, in language: Language = .english) -> [(column: String, text: String)] {
        let number = { (value: Int?) in hasTrouble || note == nil ? "" : "\(value ?? 0)" }
        let provenance = report?.provenance
        return [
            ("name", name), ("stage", number(report?.stage)), ("points", number(coursePoints)),
            ("bonus", number(bonusPoints)),
            ("earned", hasTrouble || note == nil ? "" : earned ?? "0"),
            ("passed", number(report?.passed)), ("checks", number(report?.judged.count)),
            ("start", provenance?.start.map { "\($0)" } ?? ""),
            ("hints", "\(provenance?.hints.values.reduce(0, +) ?? 0)"),
            ("given", given.map { "\($0)" } ?? ""), ("similar", similar), ("seed", "\(seed)"),
            ("submission", provenance?.submission ?? ""),
            ("grader", provenance?.grader ?? ""), ("course", provenance?.course ?? ""),
            ("next", next.text(in: language)), ("note", verdict.text(in: language)),
        ]
    }

    /// For the terminal, while it runs.
    var line: String {
        if hasTrouble { return "\(name): \(verdict)" }
        let points: Sentence =
            report.map { "stage \($0.stage), \($0.points) points" } ?? "0 points"
        return "\(name): \(points) \(note ?? "")"
    }

    /// What is told of it.
    var verdict: Sentence {
        let note = note ?? "not yet graded"
        return hasTrouble ? "trouble of this machine: \(note)" : note
    }
}

/// A table as a file.
struct ClassTable {
    let file: URL?
    /// Whether it begins with the mark by which Excel knows UTF-8.
    let hasMark: Bool
    let cells: (ClassRow) -> [(column: String, text: String)]

    func text(_ rows: [ClassRow]) -> String {
        let head = cells(ClassRow(name: "")).map(\.column).joined(separator: ",")
        let lines = rows.map { row in
            cells(row).map { Self.cell($0.text) }.joined(separator: ",")
        }
        return ([head] + lines).joined(separator: "\n") + "\n"
    }

    /// Replaces the file: whenever the grader ends, a whole table is there.
    func write(_ rows: [ClassRow]) throws {
        guard let file else { return }
        let text = (hasMark ? "\u{FEFF}" : "") + text(rows)
        try Data(text.utf8).write(to: file, options: .atomic)
    }

    /// A cell in quotes, in one line. A leading "=" or the like would be a formula for a
    /// spreadsheet.
    static func cell(_ text: String) -> String {
        let flat = text.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined()
        let shown = CheckContext.visible(flat)
        let first = shown.first { $0 != " " }
        let guarded = first.map { "=+-@＝＋－＠".contains($0) } == true ? "'" + shown : shown
        return "\"\(guarded.replacingOccurrences(of: "\"", with: "\"\""))\""
    }
}
