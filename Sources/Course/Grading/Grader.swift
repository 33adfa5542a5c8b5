// Runs the checks of a stage against a program. In: a subject, a stage, a seed.
// Out: the results, in order. Next: Subject.swift for how the program is started; Report.swift.

import CourseLanguage
import EngineSockets

package final class Grader {
    private let subject: Subject
    private let seed: UInt64
    private let patience: Int
    /// Whether the first check of a stage is no reason to leave out the others.
    private let isLenient: Bool
    private var program: Program?
    /// The one that was started last.
    private var latest: Program?
    private var isEnded = false
    /// Whether the program could not be started, so that no other check has to wait for it.
    private var neverStarted: Bool { startFailure != nil }
    package private(set) var startFailure: Failure?
    /// How often it has crashed or hung.
    private var breakdowns = 0
    private static let mostBreakdowns = 3
    /// The likely cause of its last crash, if there was one.
    package private(set) var crash: Sentence?
    /// Why it was started again last, if it was: a crash, an end of its own, or a hang.
    package private(set) var breakdown: Sentence?
    /// What failed where a stage was tried that the program has not begun.
    package private(set) var notBegun: [Int: CheckResult] = [:]
    private let memory = CheckMemory()
    /// The same for all programs that it starts: what one has stored, the next one finds.
    private let surroundings = Surroundings()
    /// The page at /, as it was after the checks.
    package private(set) var page: String?
    /// Whether it prints no line when a client leaves.
    private var printsNothing = false

    /// `patience`: milliseconds that anything may take. `isLenient`: the other checks of a stage
    /// are run although its first one fails.
    package init(
        _ subject: Subject, seed: UInt64, patience: Int = CheckContext.patience,
        isLenient: Bool = false
    ) {
        self.isLenient = isLenient
        self.subject = subject
        self.seed = seed
        self.patience = patience
    }

    /// Ends a run: what is under way fails soon, and is not told.
    package func end() {
        isEnded = true
        for started in [program, latest] { started?.kill() }
    }

    /// Runs checks in order; `begins` is called before each, `report` after it. The program is
    /// started once, and again when it has ended meanwhile.
    package func run(
        _ checks: [Check], stage: Int, report: (CheckResult) -> Void = { _ in },
        begins: (Check) -> Void = { _ in }
    ) async -> [CheckResult] {
        var results: [CheckResult] = []
        for check in checks {
            begins(check)
            let begin = monotonicMilliseconds()
            let outcome = await outcome(of: check, stage, results)
            if isEnded { break }
            let result = CheckResult(
                check: check, outcome: outcome, milliseconds: monotonicMilliseconds() - begin)
            results.append(result)
            report(result)
        }
        page = isEnded ? nil : try? await program?.page()
        endProgram()
        return results
    }

    /// Why no other check is run then.
    package static let brokenDown: Sentence =
        "not run because the program has crashed or hung three times"
    /// The likely cause when a program has printed more than is read.
    private static let flood: Sentence = "it has printed more than 10 MB: a loop that prints"
    private static let loop: Sentence =
        "a handler does not end: a loop without an end, or something that waits"
    /// Why no other check is run, once a program has not started.
    package static let notListening: Sentence = "not run because the program does not listen"

    /// The check that shows whether a program has begun with a stage.
    nonisolated static let firstChecks = [2: "2.3"]

    /// The first of these stages of which the program shows anything, though its first check may
    /// not pass yet.
    func firstShown(of stages: some Sequence<Int>) async -> Int? {
        guard !neverStarted, !isEnded, let program = try? await start() else { return nil }
        defer { program.kill() }
        for stage in stages {
            let context = CheckContext(program: program, stage: stage, seed: seed, patience: 1_000)
            if await StageSign(context: context).shows(stage) { return stage }
        }
        return nil
    }

    /// Ends the program that is kept from check to check.
    func endProgram() {
        program?.kill()
        program = nil
    }

    /// Whether the first check of a stage passes.
    func hasBegun(_ stage: Int) async -> Bool {
        guard let check = Check.all.first(where: { $0.stage == stage && $0.isFirst }),
            !neverStarted, !isEnded
        else { return false }
        let outcome = await outcome(of: check, stage, [])
        notBegun[stage] = outcome.hasPassed ? nil : CheckResult(check: check, outcome: outcome)
        return outcome.hasPassed
    }

    private func outcome(
        of check: Check, _ stage: Int, _ earlier: [CheckResult]
    ) async -> Outcome {
        if check.waitsForHeartbeat, !subject.canHaveShortHeartbeat {
            return .omitted(
                "not judged: it would wait 45 s; "
                    + "{pingInterval} and {pingTimeout} are not in the command")
        }
        if let needs = check.needs, !(isLenient && check.stage >= 5 && needs.hasSuffix(".1")),
            let first = earlier.first(where: { $0.check.id == needs }), !first.outcome.hasPassed
        {
            // What could not be judged is no failure, and neither is what needs it.
            if case .omitted(let reason) = first.outcome { return .omitted(reason) }
            return .skipped("not run because \(needs) did not pass")
        }
        if neverStarted { return .skipped(Self.notListening) }
        if breakdowns >= Self.mostBreakdowns { return .skipped(Self.brokenDown) }
        let running: Program
        do {
            running = try await listening(for: check)
        } catch {
            let other = Failure(expected: "a program that starts", arrived: "\(error)")
            let failure = error as? Failure ?? other
            startFailure = failure
            return .failed(failure, transcript: [])
        }
        defer { if check.waitsForHeartbeat { running.kill() } }
        let outcome = await check.judge(
            running, stage: stage, seed: seed, patience: patience, memory: memory,
            isLenient: isLenient)
        await waitUntilAlone(running)
        guard case .failed(let failure, let transcript) = outcome else { return outcome }
        // A program that has just crashed may need a moment to be gone.
        try? await eventually("its end", within: 300) { !running.isRunning }
        // On a busy machine its report takes longer than an answer may.
        if running.isRunning, ErrorOutput(running.errorText).isCrashing {
            try? await eventually("its end", within: 5_000) { !running.isRunning }
        }
        if running.isRunning, await running.answers() {
            return told(failure, transcript, of: check, stage, earlier)
        }
        breakdowns += 1
        return .failed(broken(failure, running), transcript: transcript)
    }

    /// A failure; or, if it is that of a step which an earlier check is about, and that check has
    /// failed too, no news.
    private func told(
        _ failure: Failure, _ transcript: [String], of check: Check, _ stage: Int,
        _ earlier: [CheckResult]
    ) -> Outcome {
        let about = Check.all.first { $0.id == failure.step }?.successor(at: stage)
        let isTold = earlier.contains { $0.check.id == about?.id && !$0.outcome.hasPassed }
        guard let about, about.id != check.id, isTold else {
            return .failed(failure, transcript: transcript)
        }
        return .skipped("not run because \(about.id) did not pass")
    }

    /// What became of a program that no longer answers: it has ended, or it hangs.
    private func broken(_ failure: Failure, _ running: Program) -> Failure {
        let hangs = running.isRunning
        if hangs {
            running.kill()
            // Its end may take a moment. (A check of heartbeats has a program of its own.)
            if running === program { program = nil }
        }
        let errors = ErrorOutput(running.errorText)
        let ended: Sentence =
            running.hasFloodedOutput
            ? Self.flood
            : errors.cause
                ?? "the program has ended by itself, with status \(running.exitStatus): is there "
                + "an `exit(…)`, or something that it cannot do without?"
        if !hangs { crash = ended }
        breakdown = hangs ? Self.loop : ended
        return Failure(
            expected: failure.expected,
            arrived: hangs
                ? "nothing; the program answers nobody"
                : errors.told("the program ended meanwhile"),
            cause: breakdown)
    }

    /// Waits until the program has noticed that the clients of a check are gone: the clients of the
    /// next check must not receive events about it. A right program prints a line for each. If a
    /// program does not, the grader waits for it once only.
    private func waitUntilAlone(_ program: Program) async {
        guard !printsNothing, program.isRunning else { return }
        let isAlone = {
            let lines = program.linesSinceStart
            return lines.count { $0 == "a user connected" }
                <= lines.count { $0.hasPrefix("a user disconnected") }
        }
        try? await eventually("the clients have gone", within: 1_000, isAlone)
        printsNothing = !isAlone()
    }

    /// The program, listening; one of its own for a check that needs other times.
    private func listening(for check: Check) async throws -> Program {
        if check.waitsForHeartbeat { return try await start(Check.heartbeat) }
        if let program, program.isRunning { return program }
        program?.kill()
        let started = try await start()
        program = started
        return started
    }

    private func start(
        _ heartbeat: (interval: Int, timeout: Int)? = nil
    ) async throws -> Program {
        let started = try subject.launch(heartbeat, surroundings)
        latest = started
        do {
            try await started.waitUntilReady()
        } catch {
            let errors = ErrorOutput(started.errorText)
            let cause = started.hasFloodedOutput ? Self.flood : errors.cause
            var how: Sentence = started.isRunning ? "it runs, and listens nowhere" : "it has ended"
            let first = started.lines.prefix(5).map { $0.prefix(200) }
            if !first.isEmpty { how = "\(how); it printed \(first)" }
            let end: Sentence =
                started.isRunning
                ? "it waits for something before it listens"
                : "the program comes to its end: is `app.run()` its last line?"
            started.kill()
            throw Failure(
                expected: "the line \"listening on http://localhost:<port>\", and a server there",
                arrived: errors.told(how), cause: cause ?? end)
        }
        return started
    }
}
