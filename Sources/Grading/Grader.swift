// Runs the checks of a stage against a program and says what became of each. In: how to start the
// program, a stage, a seed. Out: results, in order. Next: Report.swift.

import Foundation
import Sockets

/// How the program under test is started.
package enum Subject {
    /// A program that takes our options: `--port 0`.
    case executable(URL)
    /// A command of any kind; `{port}`, `{pingInterval}` and `{pingTimeout}` are filled in.
    case command(String)
}

/// What became of one check.
package struct CheckResult {
    package let check: Check
    package let outcome: Outcome
}

package final class Grader {
    private let subject: Subject
    private let seed: UInt64
    private var program: Program?
    /// Whether the program could not be started, so that no other check has to wait for it.
    private var neverStarted = false
    /// Whether it does not say who leaves.
    private var printsNothing = false

    package init(_ subject: Subject, seed: UInt64) {
        self.subject = subject
        self.seed = seed
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

    private func outcome(
        of check: Check, _ stage: Int, _ earlier: [CheckResult]
    ) async -> Outcome {
        if let needs = check.needs,
            let first = earlier.first(where: { $0.check.id == needs }), !first.outcome.hasPassed
        {
            return .skipped("not run because \(needs) did not pass")
        }
        if neverStarted { return .skipped("not run because the program does not listen") }
        let running: Program
        do {
            running = try await listening()
        } catch {
            neverStarted = true
            let other = Failure(expected: "a program that starts", arrived: "\(error)")
            return .failed(error as? Failure ?? other, transcript: [])
        }
        let outcome = await check.judge(running, stage: stage, seed: seed)
        await waitUntilAlone(running)
        guard case .failed(let failure, let transcript) = outcome else { return outcome }
        // A program that has just crashed may need a moment to be gone.
        try? await eventually("its end", within: 300) { !running.isRunning }
        if running.isRunning { return outcome }
        let last = running.errorText.split(separator: "\n").suffix(5).joined(separator: "\n")
        let arrived = "the program ended meanwhile; its last words: \(last.isEmpty ? "none" : last)"
        return .failed(
            Failure(expected: failure.expected, arrived: arrived), transcript: transcript)
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

    /// The program, listening.
    private func listening() async throws -> Program {
        if let program, program.isRunning { return program }
        let started: Program
        switch subject {
        case .executable(let url):
            guard FileManager.default.isExecutableFile(atPath: url.path) else {
                let name = url.lastPathComponent
                throw Failure(
                    expected: "a program at \(url.path)",
                    arrived: "nothing there; to build it: swift build --product \(name)")
            }
            started = try Program(url, ["--port", "0"])
        case .command(let command):
            let port = try freePort()
            let text = command.replacingOccurrences(of: "{port}", with: "\(port)")
                .replacingOccurrences(of: "{pingInterval}", with: "25000")
                .replacingOccurrences(of: "{pingTimeout}", with: "20000")
            started = try Program(URL(filePath: "/bin/sh"), ["-c", "exec \(text)"])
            started.expectPort(port)
        }
        program = started
        do {
            try await started.waitUntilReady()
        } catch {
            let words = started.errorText.split(separator: "\n").suffix(5).joined(separator: "\n")
            let how = started.isRunning ? "it runs, and listens nowhere" : "it has ended"
            throw Failure(
                expected: "the line \"listening on http://localhost:<port>\", and a server there",
                arrived: "\(how); it printed \(started.lines.prefix(5)) \(words)")
        }
        return started
    }

    /// A port that is free at the moment.
    private func freePort() throws -> Int {
        guard let address = try SocketAddress.resolve("127.0.0.1", port: 0).first else { return 0 }
        let listener = try TCPListener(on: address) { $0.abort() }
        defer { listener.close() }
        return listener.address.port
    }
}
