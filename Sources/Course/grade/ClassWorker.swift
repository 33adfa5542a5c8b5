// Grades one submission of a class, in a process of its own: what is wrong with one submission,
// or with its grader, stays there. In: a file with the job. Out: a file with the result, replaced
// after each check. Next: ClassJob.swift, ../Grading/Sandbox.swift.

import CourseLanguage
import CourseRunner
import EngineSockets
import Foundation
import Grading

struct ClassWorker {
    private let job: ClassJob
    private var result = ClassResult()
    /// The result for the stage that was found first, where another is tried.
    private var earlier: ClassResult?

    init(_ file: String) throws { job = try ClassJob.read(URL(filePath: file)) }

    mutating func run() async {
        save()
        do {
            if try await compiles() {
                result.state = .grading
                save()
                await grade()
            }
        } catch {
            result.trouble = (error as? Missing)?.sentence ?? "\(error)"
        }
        result.state = .done
        save()
    }

    private func save() {
        do {
            try result.write(to: job.resultFile)
        } catch {
            fail("\(error)", hasUsage: false)
        }
    }

    // MARK: - Compiling

    private mutating func compiles() async throws -> Bool {
        var sandbox = job.sandbox()
        let source = job.folder.appending(path: "source")
        sandbox.reads.append(source)
        sandbox.writes = [job.out]
        sandbox.limits = .compiler
        let swift = try Program(
            sandbox.command(job.kit.command(job.files, into: job.out, job.means)))
        defer { swift.kill() }
        do {
            try await eventually("its end", within: ClassJob.compileTime) { !swift.isRunning }
        } catch {
            result.errors = ["the compiler did not end within \(ClassJob.compileTime / 1_000) s"]
            return false
        }
        if swift.exitStatus == 0 { return true }
        let output = (swift.text + swift.errorText).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        result.errors = Build.errors(output, in: source, shownAs: "")
            .map { Sentence(verbatim: $0) }
        guard result.errors.isEmpty else { return false }
        let errors = output.filter { $0.contains("error:") }
        let end = errors.first { !$0.contains("command failed") } ?? errors.first ?? output.last
        // A compiler at its limits crashes. What the tools of the sandbox say is no verdict.
        let isOurs = ["No space left", "unshare:", "mount:", "setpriv:", "prlimit:", "cp:"]
        guard !isOurs.contains(where: { word in output.contains { $0.contains(word) } }) else {
            throw Missing(description: "the compiler could not run: \(end ?? "")")
        }
        result.errors = ["the compiler ended without an error in it: \(end ?? "")"]
        return false
    }

    // MARK: - Grading

    private mutating func grade() async {
        let program = job.out.appending(path: "MyChat")
        var sandbox = job.sandbox()
        let pages = job.folder.appending(path: "Public")
        sandbox.reads += [job.out, pages]
        sandbox.environment["PUBLIC_DIR"] = pages.path
        let end = monotonicMilliseconds() + ClassJob.time
        let subject = Subject.executable(program, sandbox: sandbox)
        let scout = Grader(subject, seed: job.seed, patience: 1_500, isLenient: true)
        let reached = await scout.reachedStage()
        result.stage = max(job.stage ?? max(reached, job.part ?? 1), 1)
        result.crash = scout.breakdown
        result.next = scout.notBegun[reached + 1].map(ClassResult.Entry.init)
        let checks = self.checks(at: result.stage)
        if let failure = scout.startFailure {
            // To wait for it once more would find nothing else.
            let outcomes =
                [Outcome.failed(failure, transcript: [])]
                + checks.dropFirst().map { _ in .skipped(Grader.notListening) }
            result.checks = zip(checks, outcomes).map {
                .init(CheckResult(check: $0, outcome: $1))
            }
            return
        }
        await run(checks, of: subject, until: end)
        guard job.stage == nil, job.part == nil, reached < Stages.course.upperBound else { return }
        let further = await scout.furthestStage(beyond: reached)
        guard further > result.stage else { return }
        earlier = result
        (result.stage, result.checks) = (further, [])
        result.next = scout.notBegun[further + 1].map(ClassResult.Entry.init)
        await run(Check.holding(for: further), of: subject, until: end)
        keepBetter()
    }

    /// Of two stages that a program may be at, the one that it has more points for.
    private mutating func keepBetter() {
        if let earlier, points(earlier) > points(result) { result = earlier }
    }

    private func checks(at stage: Int) -> [Check] {
        job.part.map { Check.part($0, at: stage) } ?? Check.holding(for: stage)
    }

    private func points(_ result: ClassResult) -> Int {
        let results = result.checks.compactMap(\.result)
        return Report(stage: result.stage, seed: job.seed, results: results).points
    }

    /// Runs checks until the time is over; the file has all that is known.
    private mutating func run(_ checks: [Check], of subject: Subject, until end: Int) async {
        let grader = Grader(subject, seed: job.seed, isLenient: true)
        _ = await grader.run(checks, stage: result.stage) { check in
            result.checks.append(.init(check))
            guard monotonicMilliseconds() > end else { return save() }
            keepBetter()
            result.isOutOfTime = true
            result.state = .done
            save()
            exitProcess(0)
        }
    }
}
