// Runs the checks of a stage against a program. In: a subject, a stage, a seed.
// Out: the results, in order. Next: Subject.swift for how the program is started; Report.swift.

/// A check with its outcome.
package struct CheckResult {
    package let check: Check
    package let outcome: Outcome
}

package final class Grader {
    private let subject: Subject
    private let seed: UInt64
    private let patience: Int
    private var program: Program?
    /// Whether the program could not be started, so that no other check has to wait for it.
    private var neverStarted = false
    /// How often it has crashed or hung. After a few times no further check is run.
    private var breakdowns = 0
    private static let mostBreakdowns = 3
    /// The likely cause of its last crash, if there was one.
    package private(set) var crash: String?
    /// Whether it prints no line when a client leaves.
    private var printsNothing = false

    /// `patience`: milliseconds that anything may take.
    package init(_ subject: Subject, seed: UInt64, patience: Int = CheckContext.patience) {
        self.subject = subject
        self.seed = seed
        self.patience = patience
    }

    /// Runs checks in order; `report` is called after each. The program is started once, and again
    /// when it has ended meanwhile.
    package func run(
        _ checks: [Check], stage: Int, report: (CheckResult) -> Void = { _ in }
    ) async -> [CheckResult] {
        var results: [CheckResult] = []
        for check in checks {
            let result = CheckResult(
                check: check, outcome: await outcome(of: check, stage, results))
            results.append(result)
            report(result)
        }
        program?.kill()
        program = nil
        return results
    }

    /// Why no other check is run, once a program has crashed or hung again and again.
    package static let brokenDown = "not run because the program has crashed or hung three times"
    /// Why no other check is run, once a program has not started.
    package static let notListening = "not run because the program does not listen"

    /// The check that shows whether a program has begun with a stage.
    private static let firstChecks = [1: "1.1", 2: "2.3"]

    /// How far the program is: the last stage with a first check that passes; 0 for none. It tries
    /// stage 5 first, since the checks of 3 and 4 do not hold after it.
    package func reachedStage() async -> Int {
        defer {
            program?.kill()
            program = nil
        }
        if await hasBegun(5) {
            for stage in 6...8 {
                if await !hasBegun(stage) { return stage - 1 }
            }
            return 8
        }
        for stage in [4, 3, 2, 1] {
            if await hasBegun(stage) { return stage }
        }
        return 0
    }

    private func hasBegun(_ stage: Int) async -> Bool {
        let id = Self.firstChecks[stage] ?? "\(stage).1"
        guard let check = Check.all.first(where: { $0.id == id }), !neverStarted else {
            return false
        }
        return await outcome(of: check, stage, []).hasPassed
    }

    private func outcome(
        of check: Check, _ stage: Int, _ earlier: [CheckResult]
    ) async -> Outcome {
        if check.waitsForHeartbeat, !subject.canHaveShortHeartbeat {
            return .omitted(
                "not judged: it would wait 45 s; "
                    + "{pingInterval} and {pingTimeout} are not in the command")
        }
        if let needs = check.needs,
            let first = earlier.first(where: { $0.check.id == needs }), !first.outcome.hasPassed
        {
            return .skipped("not run because \(needs) did not pass")
        }
        if neverStarted { return .skipped(Self.notListening) }
        if breakdowns >= Self.mostBreakdowns { return .skipped(Self.brokenDown) }
        let running: Program
        do {
            running = try await listening(for: check)
        } catch {
            neverStarted = true
            let other = Failure(expected: "a program that starts", arrived: "\(error)")
            return .failed(error as? Failure ?? other, transcript: [])
        }
        defer { if check.waitsForHeartbeat { running.kill() } }
        let outcome = await check.judge(running, stage: stage, seed: seed, patience: patience)
        await waitUntilAlone(running)
        guard case .failed(let failure, let transcript) = outcome else { return outcome }
        // A program that has just crashed may need a moment to be gone.
        try? await eventually("its end", within: 300) { !running.isRunning }
        if running.isRunning {
            if await running.answers() { return outcome }
            running.kill()
            // Its end may take a moment. (A check of heartbeats has a program of its own.)
            if running === program { program = nil }
            breakdowns += 1
            return .failed(
                Failure(
                    expected: failure.expected, arrived: "nothing; the program answers nobody",
                    cause: "a handler does not end: a loop without an end, or something that waits"
                ), transcript: transcript)
        }
        breakdowns += 1
        let errors = ErrorOutput(running.errorText)
        crash = errors.cause
        return .failed(
            Failure(
                expected: failure.expected,
                arrived: "the program ended meanwhile\(errors.lastLines)",
                cause: errors.cause ?? check.cause), transcript: transcript)
    }

    /// Waits until the program has noticed that the clients of a check are gone: the clients of the
    /// next check must not receive events about it. A right program prints a line for each. If a
    /// program does not, the grader waits for it once only.
    private func waitUntilAlone(_ program: Program) async {
        guard !printsNothing, program.isRunning else { return }
        let isAlone = {
            let lines = program.lines
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
        let started = try await start()
        program = started
        return started
    }

    private func start(
        _ heartbeat: (interval: Int, timeout: Int)? = nil
    ) async throws -> Program {
        let started = try subject.launch(heartbeat)
        do {
            try await started.waitUntilReady()
        } catch {
            let errors = ErrorOutput(started.errorText)
            let how = started.isRunning ? "it runs, and listens nowhere" : "it has ended"
            let printed = started.lines.isEmpty ? "" : "; it printed \(started.lines.prefix(5))"
            let end =
                started.isRunning
                ? "it waits for something before it listens"
                : "the program comes to its end: is `app.run()` its last line?"
            started.kill()
            throw Failure(
                expected: "the line \"listening on http://localhost:<port>\", and a server there",
                arrived: how + printed + errors.lastLines, cause: errors.cause ?? end)
        }
        return started
    }
}
