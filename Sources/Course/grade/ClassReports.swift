// What is handed back: a folder for each entry of a class, and the table that a gradebook takes.
// Next: ClassRun.swift, ../Grading/ReportPage.swift.

import CourseLanguage
import Foundation
import Grading

/// The folder of reports.
struct ClassReports {
    private let folder: URL

    /// Makes the folder, so that it is told early if it cannot be written.
    init(_ path: String) throws {
        folder = URL(filePath: path)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Writes the reports of an entry that is known.
    func write(_ row: ClassRow, number: Int, seed: UInt64) throws {
        let place = folder.appending(path: Self.place(of: row, number))
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let report = row.wholeReport(seed: seed)
        let notes: [Sentence] = [
            row.report == nil ? "" : row.note ?? "", row.next.isEmpty ? "" : "Next: \(row.next)",
        ]
        let language = Language.asked ?? .english
        let files = [
            "index.html": Data(report.page(of: row.name, notes: notes.filter { !$0.isEmpty }).utf8),
            "result.json": try report.json(in: language),
            "junit.xml": Data(report.junit(in: language).utf8),
            "results.json": try report.gradescope(in: language),
        ]
        for (name, data) in files {
            try data.write(to: place.appending(path: name), options: .atomic)
        }
    }

    /// Writes the page that leads to all others.
    func writeList(_ rows: [ClassRow], seed: UInt64) throws {
        let lines = rows.enumerated().map { number, row in
            let report = row.wholeReport(seed: seed)
            let sum: Sentence =
                report.isBonus ? "\(report.points) (bonus)" : "\(report.points)"
            let points = row.hasTrouble ? "" : sum.text
            let link = "\(Self.place(of: row, number))/index.html"
            let name = markupEscaped(CheckContext.visible(row.name))
            return
                "<tr><td><a href=\"\(link)\">\(name)</a></td><td>\(points)</td>"
                + "<td>\(markupEscaped((row.note ?? "not yet graded").text))</td></tr>"
        }
        let heading: Sentence = "Class"
        let columns: [Sentence] = ["Name", "Points", "Note"]
        let page = """
            <!DOCTYPE html>
            <html lang="\(Language.current.rawValue)">
            <meta charset="utf-8">
            <title>\(heading)</title>
            <style>\(Report.style)</style>
            <h1>\(heading)</h1>
            <table><tr>\(columns.map { "<th>\($0)</th>" }.joined())</tr>
            \(lines.joined(separator: "\n"))
            </table>

            """
        try Data(page.utf8).write(to: folder.appending(path: "index.html"), options: .atomic)
    }

    /// `07-ada`: a number, because two names may be the same without their signs.
    private static func place(of row: ClassRow, _ number: Int) -> String {
        let digits = number < 9 ? "0\(number + 1)" : "\(number + 1)"
        let signs = row.name.unicodeScalars.prefix(40).map { scalar in
            scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                ? Character(scalar) : "-"
        }
        return "\(digits)-\(String(signs))"
    }
}

extension ClassRow {
    /// The report, also of what could not be judged.
    func wholeReport(seed: UInt64) -> Report {
        report ?? Report(stage: 1, seed: seed, results: [], problem: verdict)
    }

    /// The cells of a gradebook: points by stage, and all together.
    var gradebook: [(column: String, text: String)] {
        let stages = Stages.course.map { stage in
            let points = report?.points(of: stage).points ?? 0
            return ("stage \(stage)", hasTrouble || note == nil ? "" : "\(points)")
        }
        let isKnown = !hasTrouble && note != nil
        let (total, bonus) = (isKnown ? "\(coursePoints)" : "", isKnown ? "\(bonusPoints)" : "")
        return [("name", name)] + stages + [("total", total), ("bonus", bonus)]
    }
}
