// Runs the checks of a stage against a program and says what became of each. In: how to start the
// program, a stage, a seed. Out: results, in order. Next: Report.swift.

import Foundation
import EngineSockets

/// How the program under test is started.
package enum Subject {
    /// A program that takes our options: `--port 0`. With limits where its author is not known.
    case executable(URL, limits: Limits? = nil, environment: [String: String] = [:])
    /// A command of any kind; `{port}`, `{pingInterval}` and `{pingTimeout}` are filled in.
    case command(String)

    /// What a program may use.
    package struct Limits {
        /// Seconds of CPU time.
        let seconds: Int
        /// KiB of memory, addresses included.
        let memory: Int

        package init(seconds: Int, memory: Int) {
            self.seconds = seconds
            self.memory = memory
        }
    }

    /// Whether it can be started with pings that come soon.
    var canHaveShortHeartbeat: Bool {
        switch self {
        case .executable: true
        case .command(let text): text.contains("{pingInterval}") && text.contains("{pingTimeout}")
        }
    }

    /// Whether it may have an engine that is not ours, so that what an engine does counts.
    package var mayHaveOwnEngine: Bool {
        switch self {
        case .executable: false
        case .command: true
        }
    }
}

/// What became of one check.
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
    /// How often it has crashed or hung. After a few times nobody waits for the next one.
    private var breakdowns = 0
    private static let mostBreakdowns = 3
    /// What it said at its last crash, if there was one.
    package private(set) var crash: String?
    /// Whether it does not say who leaves.
    private var printsNothing = false

    /// `patience`: milliseconds that anything may take.
    package init(_ subject: Subject, seed: UInt64, patience: Int = Bench.patience) {
        self.subject = subject
        self.seed = seed
        self.patience = patience
    }

    /// Runs checks in order; `report` hears of each at once. The program is started once, and again
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

    /// How far the program is: the last stage whose first check it passes; 0 for none. Stage 5 is
    /// asked first, since what 3 and 4 have to do ends there.
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
                "not judged: it would wait 45 s; {pingInterval} and {pingTimeout} are not in the command"
            )
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
        let words = LastWords(running.errorText)
        crash = words.cause
        return .failed(
            Failure(
                expected: failure.expected, arrived: "the program ended meanwhile\(words.told)",
                cause: words.cause ?? check.cause), transcript: transcript)
    }

    /// The clients of a check have gone; the next check's must not hear of it. A right program prints
    /// it when it has noticed. One that does not is waited for once.
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
        let started = try launch(heartbeat)
        do {
            try await started.waitUntilReady()
        } catch {
            let words = LastWords(started.errorText)
            let how = started.isRunning ? "it runs, and listens nowhere" : "it has ended"
            let printed = started.lines.isEmpty ? "" : "; it printed \(started.lines.prefix(5))"
            let end =
                started.isRunning
                ? "it waits for something before it listens"
                : "the program comes to its end: is `app.run()` its last line?"
            started.kill()
            throw Failure(
                expected: "the line \"listening on http://localhost:<port>\", and a server there",
                arrived: how + printed + words.told, cause: words.cause ?? end)
        }
        return started
    }

    private func launch(_ heartbeat: (interval: Int, timeout: Int)?) throws -> Program {
        switch subject {
        case .executable(let url, let limits, let environment):
            guard FileManager.default.isExecutableFile(atPath: url.path) else {
                let name = url.lastPathComponent
                throw Failure(
                    expected: "a program at \(url.path)",
                    arrived: "nothing there; to build it: swift build --product \(name)")
            }
            let options = ["--port", "0"] + Program.options(heartbeat)
            guard let limits else { return try Program(url, options, environment: environment) }
            // Not every system knows all of the limits.
            let script = """
                ulimit -t \(limits.seconds); ulimit -v \(limits.memory) 2>/dev/null; exec "$0" "$@"
                """
            return try Program(
                URL(filePath: "/bin/sh"), ["-c", script, url.path] + options,
                environment: environment)
        case .command(let command):
            let port = try freePort()
            let text = command.replacingOccurrences(of: "{port}", with: "\(port)")
                .replacingOccurrences(
                    of: "{pingInterval}", with: "\(heartbeat?.interval ?? 25_000)"
                )
                .replacingOccurrences(of: "{pingTimeout}", with: "\(heartbeat?.timeout ?? 20_000)")
            let started = try Program(URL(filePath: "/bin/sh"), ["-c", "exec \(text)"])
            started.expectPort(port)
            return started
        }
    }

    /// A port that is free at the moment.
    private func freePort() throws -> Int {
        guard let address = try SocketAddress.resolve("127.0.0.1", port: 0).first else { return 0 }
        let listener = try TCPListener(on: address) { $0.abort() }
        defer { listener.close() }
        return listener.address.port
    }
}
