// Grades one program: builds it, finds its stage, runs the checks, reports.
// In: options. Out: an exit status. Next: ClassRun.swift for many programs.

import CourseLanguage
import CourseRunner
import CourseTutorial
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
        if let stage = options.stage {
            if isWhole { choice.remember(asked: stage) }
            return await grade(subject, at: stage)
        }
        let scout = Grader(subject, seed: options.seed, patience: 1_500)
        let (stage, reason) = await choice.stage(by: scout, part: options.part)
        if let reason { say(reason) }
        let status = await grade(subject, at: stage)
        guard status == 0, let crash = scout.crash else { return status }
        say("But it crashes when stage \(stage + 1) is tried: \(crash)")
        return 1
    }

    private var choice: StageChoice { StageChoice(remembering: isOwn ? packageFolder : nil) }

    /// Whether MyChat is graded.
    private var isOwn: Bool { options.subject == nil && options.command == nil }

    private struct End: Error { let status: Int32 }

    // MARK: - Before

    private func prepare() async -> Result<Subject, End> {
        if let command = options.command { return .success(.command(command)) }
        let name = options.subject ?? "MyChat"
        guard let packageFolder else {
            fail(
                "Where is the package? Run this in the folder that has Package.swift.",
                hasUsage: false)
        }
        let program = packageFolder.products.appending(path: name)
        // MyChat is built whenever it has changed; other programs only when they are missing.
        if name != "MyChat", FileManager.default.isExecutableFile(atPath: program.path) {
            return .success(.executable(program))
        }
        let build = Build(of: packageFolder, product: name)
        switch await build.run() {
        case .built: return .success(.executable(program))
        case .errors(let lines):
            say("Steps/MyChat does not compile yet:")
            print("")
            for line in lines { print(line) }
            let advice = CompilerAdvice(tutorial: try? packageFolder.tutorial())
            if let words = advice.words(for: lines) { print("\n\(words)") }
            let problem: Sentence = "does not compile: \(lines[0])"
            _ = write(Report(stage: 1, seed: options.seed, results: [], problem: problem))
            return .failure(End(status: 2))
        case .trouble(let end):
            let problem: Sentence =
                "\(name) could not be built, and not for a reason in Steps/MyChat:"
            printError("\(problem)\n\(end)")
            if let words = CompilerAdvice.words(forTrouble: end) { printError("\n\(words)") }
            return .failure(End(status: 3))
        }
    }

    // MARK: - The checks

    private func grade(_ subject: Subject, at stage: Int) async -> Int32 {
        let checks =
            options.check?.withPrerequisites(of: stage)
            ?? options.part.map { Check.part($0, at: stage) } ?? Check.holding(for: stage)
        say("Stage \(stage), seed \(options.seed)")
        let grader = Grader(subject, seed: options.seed)
        var untold: [Sentence: Int] = [:]
        let results = await grader.run(checks, stage: stage) { result in
            if case .skipped(let reason) = result.outcome,
                reason == Grader.notListening || reason == Grader.brokenDown
            {
                untold[reason, default: 0] += 1
                return
            }
            let lines = style.lines(result, isWhole: options.isWhole) { check in
                nextGrade("\(check.id) --seed \(options.seed) --trace\(options.target)")
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
            provenance: files.flatMap { provenance($0) } ?? Provenance())
        if isWhole, let line = style.replaced(before: stage) { print(line) }
        print("\n\(report.summary)\(style.bar(report.passed, of: report.judged.count))")
        if isWhole {
            if let page = grader.page, let note = PageNotes.missing(in: page, at: stage) {
                print(style.dim(note))
            }
            say(next(after: report))
        }
        return write(report)
    }

    /// The digests take a moment: they are for those who want a report.
    private func provenance(_ files: [URL]) -> Provenance? {
        guard options.json != nil, let packageFolder else { return nil }
        return packageFolder.provenance(files, progress: LearnerProgress.load(packageFolder))
    }

    /// What to do now.
    private func next(after report: Report) -> Sentence {
        let stage = report.stage
        let failed = report.judged.first { if case .failed = $0.outcome { true } else { false } }
        if let failed, case .failed(let failure, _) = failed.outcome {
            let check = failed.check
            let first: Sentence = "next: \(check.id), \(failure.cause ?? check.cause)"
            return "\(first)\n      \(check.chapter()), \(nextGrade("--hint \(check.id)"))"
        }
        if stage == Stages.course.upperBound {
            return "That is all of it: a whole chat. TUTORIAL.md#what-comes-next"
        }
        if report.isBonus {
            let next = stage + 1
            guard Stages.bonus.contains(next) else { return "That is all of it, and more." }
            return "next: stage \(next), TUTORIAL-2.md#stage-\(next), "
                + "\(nextGrade("--start \(next)"))"
        }
        return "next: stage \(stage + 1), TUTORIAL.md#stage-\(stage + 1)"
            + " (already started it? \(nextGrade("\(stage + 1)")))"
    }

    /// Files for programs are in English, unless a language was asked for.
    private func write(_ report: Report) -> Int32 {
        let language = Language.asked ?? .english
        do {
            if let path = options.json {
                try report.json(in: language).write(to: URL(filePath: path))
            }
            if let path = options.junit {
                try Data(report.junit(in: language).utf8).write(to: URL(filePath: path))
            }
            if let path = options.gradescope {
                try report.gradescope(in: language).write(to: URL(filePath: path))
            }
        } catch {
            fail("the report could not be written: \(fileProblem(error))", hasUsage: false)
        }
        return report.hasPassed ? 0 : 1
    }

    // MARK: - Again and again

    /// Runs again whenever MyChat's files have changed.
    func watch() async -> Never {
        guard let packageFolder else { fail("--watch needs the package's folder", hasUsage: false) }
        var watcher = Watcher(packageFolder.files)
        while true {
            if style.hasColours { print("\u{1B}[2J\u{1B}[H", terminator: "") }
            _ = await run()
            print("\n" + style.dim("Waiting for a change. Control-C ends."))
            while watcher.changes().isEmpty {
                try? await Task.sleep(for: .milliseconds(Watcher.interval))
            }
        }
    }
}
