// Grades one program: builds it, finds its stage, runs the checks, reports.
// In: options. Out: an exit status. Next: ClassRun.swift for many programs.

import Foundation
import Grading
import EngineSockets

struct GradingRun {
    let options: Options
    let packageFolder: PackageFolder?
    let style: ReportStyle

    /// Whether all checks of a stage are run.
    private var isWhole: Bool { options.check == nil && options.part == nil }

    /// 0 all passed, 1 a check failed, 2 it does not compile, 3 something else is wrong.
    func run() async -> Int32 {
        let subject: Subject
        switch await prepare() {
        case .success(let ready): subject = ready
        case .failure(let end): return end.status
        }
        if let stage = options.stage { return await grade(subject, at: stage) }
        let scout = Grader(subject, seed: options.seed, patience: 1_500)
        let reached = await scout.reachedStage()
        let stage = max(reached, remembered(reached), options.part ?? 1, 1)
        if stage > max(reached, 1), options.part == nil {
            print("It was at stage \(stage) before, so it is measured by that.")
        }
        let status = await grade(subject, at: stage)
        guard status == 0, let crash = scout.crash else { return status }
        print("But it crashes when stage \(stage + 1) is tried: \(crash)")
        return 1
    }

    /// How far MyChat has been: a mistake must not make the grader look at less.
    private func remembered(_ reached: Int) -> Int {
        guard let packageFolder, options.subject == nil, options.command == nil else { return 0 }
        var progress = LearnerProgress.load(packageFolder)
        let before = progress.reached ?? 0
        if reached > before {
            progress.reached = reached
            try? progress.save(packageFolder)
        }
        return before
    }

    private struct End: Error { let status: Int32 }

    // MARK: - Before

    private func prepare() async -> Result<Subject, End> {
        if let command = options.command { return .success(.command(command)) }
        let name = options.subject ?? "MyChat"
        guard let packageFolder else {
            printError("Where is the package? Run this in the folder that has Package.swift.")
            return .failure(End(status: 3))
        }
        let program = packageFolder.products.appending(path: name)
        // MyChat is built whenever it has changed; other programs only when they are missing.
        if name != "MyChat", FileManager.default.isExecutableFile(atPath: program.path) {
            return .success(.executable(program))
        }
        let build = Build(
            package: packageFolder.root, scratch: packageFolder.scratch,
            configuration: packageFolder.configuration,
            product: name,
            folder: packageFolder.root.appending(path: "Steps/MyChat"), shownFolder: "Steps/MyChat/"
        )
        switch await build.run() {
        case .built: return .success(.executable(program))
        case .errors(let lines):
            print("Steps/MyChat does not compile yet:\n")
            for line in lines { print(line) }
            if let advice = Build.advice(for: lines) { print("\n\(advice)") }
            return .failure(End(status: 2))
        case .trouble(let end):
            printError("\(name) could not be built, and not for a reason in Steps/MyChat:\n\(end)")
            return .failure(End(status: 3))
        }
    }

    // MARK: - The checks

    private func grade(_ subject: Subject, at stage: Int) async -> Int32 {
        let checks =
            options.check?.withPrerequisites(of: stage)
            ?? options.part.map { Check.part($0, at: stage) } ?? Check.holding(for: stage)
        print("Stage \(stage), seed \(options.seed)")
        let grader = Grader(subject, seed: options.seed)
        var untold: [String: Int] = [:]
        let results = await grader.run(checks, stage: stage) { result in
            if case .skipped(let reason) = result.outcome,
                reason == Grader.notListening || reason == Grader.brokenDown
            {
                untold[reason, default: 0] += 1
                return
            }
            let lines = style.lines(result, isWhole: options.isWhole) { check in
                "swift run grade \(check.id) --seed \(options.seed) --trace\(options.target)"
            }
            for line in lines { print(line) }
        }
        for (reason, count) in untold { print(style.dim("\(count) checks \(reason)")) }
        let files = packageFolder.map { packageFolder in
            options.subject == nil && options.command == nil
                ? [packageFolder.file(.program), packageFolder.file(.page)] : []
        }
        let report = Report(
            stage: stage, seed: options.seed, results: results,
            hasOwnEngine: subject.mayHaveOwnEngine,
            provenance: files.flatMap { packageFolder?.provenance($0) } ?? Provenance())
        if isWhole, let line = style.replaced(before: stage) { print(line) }
        print("\n\(report.summary)\(style.bar(report.passed, of: report.judged.count))")
        if isWhole { print(next(after: report)) }
        return write(report)
    }

    /// What to do now.
    private func next(after report: Report) -> String {
        let stage = report.stage
        if let failed = report.judged.first(where: { !$0.outcome.hasPassed })?.check {
            return "next: \(failed.id), TUTORIAL.md\(failed.anchor)"
        }
        guard stage < 8 else {
            return "That is all of it: a whole chat. TUTORIAL.md#what-comes-next"
        }
        return "next: stage \(stage + 1), TUTORIAL.md#stage-\(stage + 1)"
            + " (already started it? swift run grade \(stage + 1))"
    }

    private func write(_ report: Report) -> Int32 {
        do {
            if let path = options.json { try report.json().write(to: URL(filePath: path)) }
            if let path = options.junit {
                try Data(report.junit().utf8).write(to: URL(filePath: path))
            }
        } catch {
            fail("the report could not be written: \(error)", hasUsage: false)
        }
        return report.hasPassed ? 0 : 1
    }

    // MARK: - Again and again

    /// Runs again whenever MyChat's files have changed. Compares their contents twice a second:
    /// that works on every file system.
    func watch() async -> Never {
        guard let packageFolder else { fail("--watch needs the package's folder", hasUsage: false) }
        while true {
            if style.hasColours { print("\u{1B}[2J\u{1B}[H", terminator: "") }
            let seen = packageFolder.contents()
            _ = await run()
            print(style.dim("\nWaiting for a change. Control-C ends."))
            while packageFolder.contents() == seen {
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
    }
}
