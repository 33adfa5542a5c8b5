// The program under test: started, followed, ended. In: MyChat or a command. Out: the part
// `program`, lines of output, the port for the visitors.
// Next: ProgramOutput.swift; ../Grading/Program.swift, ../Grading/ErrorOutput.swift.

import CourseLanguage
import EngineSockets
import Foundation
import Grading

final class ProgramRunner {
    /// Milliseconds after which a program that does not listen is told of.
    private static let patience = 5_000
    /// Bytes of each stream that are read in a tick, and of errors that are kept for the end.
    private static let bytesPerTick = 65_536
    private static let lastBytes = 65_536
    private static let announcement = "listening on http://"

    private let workbench: Workbench
    private let subject: Subject
    private var program: Program?
    private var began = 0
    private var cutters = (output: LineCutter(), errors: LineCutter())
    private var valve = OutputValve()
    private var lastErrors = Data()

    init(_ workbench: Workbench, _ subject: Subject) {
        (self.workbench, self.subject) = (workbench, subject)
    }

    private var state: ProgramPart.State { workbench.program.state }
    private var isCommand: Bool { !workbench.target.isOwn }

    // MARK: - Start and stop

    /// Starts it, after ending the one that runs.
    func start() {
        end()
        let run = workbench.program.run + 1
        workbench.program = ProgramPart(state: .starting, run: run)
        workbench.note("started")
        began = monotonicMilliseconds()
        cutters = (LineCutter(), LineCutter())
        lastErrors = Data()
        do {
            let started = try subject.launch()
            program = started
            if isCommand { Task { await wait(for: started) } }
        } catch {
            let reason = (error as? Failure)?.arrived ?? "\(error)"
            fail("it could not be started: \(reason)")
        }
    }

    /// Ends it by a person's wish.
    func stop() {
        guard program != nil else { return }
        end()
        workbench.note("stopped")
        workbench.program = ProgramPart(state: .stopped, run: workbench.program.run)
    }

    private func end() {
        program?.kill()
        if program != nil { take(isLast: true) }
        program = nil
        workbench.visitors.lead(to: 0)
    }

    /// A command need not print where it listens: it is asked at the port that it was told.
    private func wait(for started: Program) async {
        while started === program, started.isRunning, state != .running {
            if (try? await started.waitUntilReady()) != nil, started === program {
                listens(at: started.port)
            }
        }
    }

    // MARK: - Following

    /// Reads what it has printed, and looks whether it still runs.
    func tick() {
        if let note = valve.note(isQuiet: false) { workbench.note(note) }
        guard let program else { return }
        let isRunning = program.isRunning
        take(isLast: !isRunning)
        guard isRunning else { return hasEnded(program) }
        if state == .starting, monotonicMilliseconds() - began > Self.patience {
            fail(
                isCommand
                    ? "it runs, and nothing answers at port \(program.port): is {port} in the "
                        + "command?"
                    : "it runs, and listens nowhere: it waits for something, or has a loop without "
                        + "an end, before `app.run()`")
        }
    }

    private func take(isLast: Bool) {
        guard let program else { return }
        let (output, errors) = program.takeNews(limit: Self.bytesPerTick)
        lastErrors = (lastErrors + errors.bytes).suffix(Self.lastBytes)
        let printed = cutters.output.lines(of: output, isLast: isLast)
        let run = workbench.program.run
        let all =
            printed.map { OutputLine(kind: .out, text: $0, run: run) }
            + cutters.errors.lines(of: errors, isLast: isLast)
            .map { OutputLine(kind: .err, text: $0, run: run) }
        let skipped = output.skipped + errors.skipped
        let shown = valve.pass(all, skipped: skipped)
        workbench.append(shown)
        let isQuiet = isLast || shown.count == all.count && skipped == 0
        if let note = valve.note(isQuiet: isQuiet) { workbench.note(note) }
        if !isCommand, state != .running { look(in: printed) }
    }

    /// Our programs print where they listen.
    private func look(in lines: [String]) {
        guard let line = lines.first(where: { $0.hasPrefix(Self.announcement) }),
            let port = line.split(separator: ":").last.flatMap({ Int($0) }), port > 0
        else { return }
        listens(at: port)
    }

    private func listens(at port: Int) {
        workbench.visitors.lead(to: port)
        workbench.program = ProgramPart(
            state: .running, run: workbench.program.run, port: port)
        workbench.reload(.program)
    }

    // MARK: - What goes wrong

    private func fail(_ problem: Sentence, line: Int? = nil) {
        workbench.program = ProgramPart(
            state: .failed, run: workbench.program.run, problem: problem.text, line: line)
    }

    /// It has ended by itself.
    private func hasEnded(_ program: Program) {
        let wasListening = state == .running
        let status = program.exitStatus
        end()
        let errors = ErrorOutput(String(decoding: lastErrors, as: UTF8.self))
        workbench.note("ended, with status \(status)")
        if let cause = errors.cause { return fail(cause, line: errors.line) }
        if !wasListening, errors.isAboutTakenPort {
            return fail(
                errors.told(
                    isCommand
                        ? "the port is taken: it has to listen where {port} tells it to"
                        : "the port is taken: it has to listen where `--port` tells it to"))
        }
        let why: Sentence =
            wasListening || status != 0
            ? errors.told("it has ended by itself, with status \(status)")
            : "it has come to its end and listens nowhere: is `app.run()` its last line?"
        workbench.program = ProgramPart(
            state: .ended, run: workbench.program.run, problem: why.text)
    }
}
