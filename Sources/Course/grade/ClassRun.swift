// Grades a class: each folder's main.swift and index.html. The engine is built once, in a package
// of its own beside this one's products. In: a folder of folders. Out: a table.
// Next: Build.swift, ../Grading/Grader.swift.

import Course
import Foundation
import Grading
import EngineSockets

struct ClassRun {
    let packageFolder: PackageFolder
    let options: Options
    let style: ReportStyle

    /// CPU seconds and KiB that a submission may use.
    private static let limits = Subject.Limits(seconds: 120, memory: 8_000_000)
    /// Milliseconds that compiling a submission may take; the first build includes the engine.
    private static let buildTime = 180_000

    private struct Row {
        var name: String
        var note = ""
        var report: Report?
    }

    func run(_ path: String) async -> Int32 {
        let folder = URL(filePath: path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let submissions = names.sorted().filter { !$0.hasPrefix(".") }
            .map { folder.appending(path: $0) }.filter { $0.hasDirectoryPath || Self.isFolder($0) }
        guard submissions.contains(where: { Self.source(in: $0, .program) != nil }) else {
            fail("no folder in \(path) has a main.swift", hasUsage: false)
        }
        var rows: [Row] = []
        do {
            let work = try workFolder()
            print("Building the engine once …")
            for (number, submission) in submissions.enumerated() {
                let row = try await grade(submission, number: number + 1, work)
                let points = row.report.map { "stage \($0.stage), \($0.points) points" }
                print("\(row.name): \(points ?? "0 points") \(row.note)")
                rows.append(row)
            }
        } catch {
            fail("\(error)", hasUsage: false)
        }
        return write(rows)
    }

    private static func isFolder(_ url: URL) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: url.path))?[.type] as? FileAttributeType
            == .typeDirectory
    }

    /// A file of a submission: in its folder, or where it is in a clone of this package.
    private static func source(in folder: URL, _ file: Edit.File) -> URL? {
        let inClone = file == .program ? "Steps/MyChat/main.swift" : "Public/mychat/index.html"
        return [file.rawValue, inClone].map { folder.appending(path: $0) }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }

    // MARK: - The package of the submissions

    private func workFolder() throws -> URL {
        let work = packageFolder.scratch.appending(path: "class")
        try? FileManager.default.removeItem(at: work.appending(path: "Sources"))
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        return work.resolvingSymlinksInPath()
    }

    /// Each submission has a folder of its own, so that none is ever taken for the one before.
    private func write(_ program: URL, _ page: URL?, as name: String, in work: URL) throws {
        let root = packageFolder.root.path
        let manifest = """
            // swift-tools-version: 6.2
            import PackageDescription
            let package = Package(
                name: "Class", platforms: [.macOS(.v15)],
                dependencies: [.package(name: "RealTimeSwift", path: "\(root)")],
                targets: [
                    .executableTarget(
                        name: "\(name)",
                        dependencies: [.product(name: "Engine", package: "RealTimeSwift")],
                        swiftSettings: [.defaultIsolation(MainActor.self)])
                ],
                swiftLanguageModes: [.v6])
            """
        try Data(manifest.utf8).write(to: work.appending(path: "Package.swift"))
        try Self.copy(program, to: work.appending(path: "Sources/\(name)/main.swift"))
        let pages = work.appending(path: "Public")
        try? FileManager.default.removeItem(at: pages)
        try FileManager.default.copyItem(
            at: packageFolder.root.appending(path: "Public"), to: pages)
        let target = pages.appending(path: "mychat/index.html")
        try? FileManager.default.removeItem(at: target)
        if let page { try Self.copy(page, to: target) }
    }

    private static func copy(_ source: URL, to target: URL) throws {
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(contentsOf: source).write(to: target)
    }

    // MARK: - One submission

    private func grade(
        _ submission: URL, number: Int, _ work: URL
    ) async throws -> Row {
        var row = Row(name: submission.lastPathComponent)
        guard let program = Self.source(in: submission, .program) else {
            row.note = "there is no main.swift"
            return row
        }
        let page = Self.source(in: submission, .page)
        let name = "Submission\(number)"
        try write(program, page, as: name, in: work)
        let scratch = work.appending(path: "build")
        let build = Build(
            package: work, scratch: scratch, product: name,
            folder: work.appending(path: "Sources/\(name)"), shownFolder: "", time: Self.buildTime)
        switch await build.run() {
        case .built: break
        case .errors(let lines):
            row.note = "does not compile: \(lines.first ?? "")"
            return row
        case .trouble(let end):
            row.note = "could not be built: \(end.split(separator: "\n").last ?? "")"
            return row
        }
        let subject = Subject.executable(
            scratch.appending(path: "debug/\(name)"), limits: Self.limits,
            environment: ["PUBLIC_DIR": work.appending(path: "Public").path])
        var stage = options.stage
        let scout = Grader(subject, seed: options.seed, patience: 1_500)
        if stage == nil { stage = await scout.reachedStage() }
        let reached = max(stage ?? 1, 1)
        let results = await Grader(subject, seed: options.seed)
            .run(Check.holding(for: reached), stage: reached)
        row.note = Self.note(results, crash: scout.crash, hasPage: page != nil)
        var provenance = packageFolder.provenance([program] + (page.map { [$0] } ?? []))
        provenance.hints = [:]
        provenance.start = nil
        row.report = Report(
            stage: reached, seed: options.seed, results: results, provenance: provenance)
        return row
    }

    /// The failed checks, and their causes, in a line.
    private static func note(_ results: [CheckResult], crash: String?, hasPage: Bool) -> String {
        var words: [String] = []
        var failed: [String] = []
        var skipped = 0
        for result in results {
            switch result.outcome {
            case .failed(let failure, _):
                failed.append(result.check.id)
                if let cause = failure.cause, !words.contains(cause) { words.append(cause) }
            case .skipped: skipped += 1
            case .passed, .omitted: break
            }
        }
        if let crash, !words.contains(crash) { words.append(crash) }
        if !hasPage { words.append("there is no index.html") }
        if !failed.isEmpty { words.append("failed: \(failed.joined(separator: " "))") }
        if skipped > 0 { words.append("\(skipped) not run because of them") }
        return words.joined(separator: "; ")
    }

    // MARK: - The table

    private func write(_ rows: [Row]) -> Int32 {
        var lines = ["name,stage,points,passed,checks,seed,submission,grader,course,note"]
        for row in rows {
            let report = row.report
            let cells = [
                row.name, report.map { "\($0.stage)" } ?? "0", "\(report?.points ?? 0)",
                "\(report?.passed ?? 0)", "\(report?.judged.count ?? 0)", "\(options.seed)",
                report?.provenance.submission ?? "", report?.provenance.grader ?? "",
                report?.provenance.course ?? "", row.note,
            ]
            lines.append(cells.map(Self.cell).joined(separator: ","))
        }
        let text = lines.joined(separator: "\n") + "\n"
        guard let path = options.csv else {
            print("\n" + text, terminator: "")
            return 0
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            fail("the table could not be written: \(error)", hasUsage: false)
        }
        return 0
    }

    /// A cell in quotes. A leading "=" or the like would be a formula for a spreadsheet.
    private static func cell(_ text: String) -> String {
        let first = text.first.map { "=+-@\t".contains($0) } == true ? "'" : ""
        let flat = text.replacingOccurrences(of: "\n", with: " ")
        return "\"\(first)\(flat.replacingOccurrences(of: "\"", with: "\"\""))\""
    }
}
