// A program under test: a process, what it prints, and how it ends. In: an executable and its
// arguments. Out: lines, a port, an exit status. Next: ProgramStart.swift, Recording.swift,
// Sandbox.swift.

import Foundation
import EngineSockets

/// A running program, in a process group of its own.
package final class Program {
    private var process: Process
    private let output: Recording
    private let errors: Recording
    private let way: ProgramStart
    private var input: Pipe?
    private var isEnded = false
    /// The port in its line "listening on …".
    package private(set) var port = 0
    private var isPortGiven = false
    /// How many lines it had printed when it was started again.
    private var oldLines = 0

    /// Ends programs that are left over when this one has ended; nil: none.
    package static var processGuard: ProcessGuard?

    /// Starts a program. `isClean`: it gets this environment, and nothing of ours. `holdsInput`:
    /// its standard input has no end until ours, so that it can notice that we have ended.
    package init(
        _ executable: URL, _ arguments: [String], environment: [String: String] = [:],
        isClean: Bool = false, holdsInput: Bool = false
    ) throws {
        output = try Recording()
        errors = try Recording()
        way = ProgramStart(
            executable: executable, arguments: arguments, environment: environment,
            isClean: isClean)
        input = holdsInput ? Pipe() : nil
        process = try way.process(output: output, errors: errors, input: input)
        Self.processGuard?.add(process.processIdentifier)
        try? input?.fileHandleForReading.close()
    }

    /// Ends it at once, as a failure of power would, and starts it again as it was started. What it
    /// prints is added to what it has printed.
    package func restart() async throws {
        let old = process
        systemKill(old.processIdentifier)
        systemKill(-old.processIdentifier)
        try await eventually("the end of the program") { !old.isRunning }
        // Killed for good meanwhile, by the end of the grader.
        guard !isEnded else { throw Missing(description: "a program that is started again") }
        Self.processGuard?.remove(old.processIdentifier)
        oldLines = lines.count
        if !isPortGiven { port = 0 }
        process = try way.process(output: output, errors: errors, input: nil)
        Self.processGuard?.add(process.processIdentifier)
        try await waitUntilReady()
    }

    /// Another one, started the same way, with more in its environment. It may not listen yet.
    func twin(_ more: [String: String], port other: () throws -> Int) throws -> Program {
        let new = isPortGiven ? try other() : nil
        let arguments = way.arguments.map { word in
            new.map { word.replacing("\(port)", with: "\($0)") } ?? word
        }
        let twin = try Program(
            way.executable, arguments, environment: way.environment.merging(more) { $1 },
            isClean: way.isClean)
        if let new { twin.expectPort(new) }
        return twin
    }

    /// What it was given beside its arguments.
    package var environment: [String: String] { way.environment }

    /// Starts a program in a sandbox.
    package convenience init(_ command: SandboxedCommand, holdsInput: Bool = false) throws {
        try self.init(
            URL(filePath: command.words[0]), Array(command.words.dropFirst()),
            environment: command.environment, isClean: true, holdsInput: holdsInput)
    }

    /// The options of our stages for a heartbeat.
    package static func options(_ heartbeat: (interval: Int, timeout: Int)?) -> [String] {
        guard let heartbeat else { return [] }
        return [
            "--ping-interval", "\(heartbeat.interval)", "--ping-timeout", "\(heartbeat.timeout)",
        ]
    }

    /// Waits until it listens: it prints "listening on http://localhost:<port>".
    package func waitUntilListening() async throws {
        let line = try await line("listening on http://")
        guard let port = line.split(separator: ":").last.flatMap({ Int($0) }), port > 0 else {
            throw Missing(description: "a port in the line \"\(line)\"")
        }
        self.port = port
    }

    /// The port that a command was told to listen at. It may not print a line.
    func expectPort(_ port: Int) { (self.port, isPortGiven) = (port, true) }

    /// Waits until the program listens, at the expected port, or else at the port that it prints.
    package func waitUntilReady() async throws {
        guard port > 0 else { return try await waitUntilListening() }
        let limit = monotonicMilliseconds() + RawClient.patience
        while isRunning, monotonicMilliseconds() < limit {
            let probe = try RawClient(port: port)
            probe.patience = 200
            if (try? await probe.request("GET", "/")) != nil { return probe.vanish() }
            probe.vanish()
            await withCheckedContinuation { continuation in
                EventLoop.shared.after(50) { continuation.resume() }
            }
        }
        throw Missing(description: "a server at port \(port)")
    }

    /// Whether it answers a request, whatever the answer is.
    func answers() async -> Bool {
        guard let client = try? RawClient(port: port) else { return false }
        client.patience = 1_500
        defer { client.vanish() }
        return (try? await client.request("GET", "/")) != nil
    }

    /// The page at /.
    func page() async throws -> String? {
        guard isRunning else { return nil }
        let client = try RawClient(port: port)
        client.patience = 1_500
        defer { client.vanish() }
        let answer = try await client.request("GET", "/")
        return answer.status == 200 ? answer.text : nil
    }

    /// Whether it still runs.
    package var isRunning: Bool { process.isRunning }

    /// Ends it at once, with what it has started in its process group.
    package func kill() {
        guard !isEnded else { return }
        isEnded = true
        let id = process.processIdentifier
        if process.isRunning { systemKill(id) }
        systemKill(-id)
        Self.processGuard?.remove(id)
    }

    /// What it has printed, line by line.
    package var lines: [String] {
        if hasFloodedOutput { kill() }
        return output.lines
    }

    /// What it has printed since it was started last.
    var linesSinceStart: ArraySlice<String> { lines.dropFirst(oldLines) }

    /// What it has printed since the last time, on standard output and as errors, at most so many
    /// bytes of each. A program that is asked so has nothing in `lines`, `text` and `errorText`.
    package func takeNews(limit: Int) -> (output: News, errors: News) {
        (output.takeNews(limit: limit), errors.takeNews(limit: limit))
    }

    /// Bytes, and how many before them are left out.
    package typealias News = Recording.News

    /// Whether it has printed more than is read.
    package var hasFloodedOutput: Bool { output.isFull || errors.isFull }

    /// All that it has printed.
    package var text: String { output.text }

    /// How it ended.
    package var exitStatus: Int32 { process.isRunning ? -1 : process.terminationStatus }

    /// What it has written to standard error.
    package var errorText: String { errors.text }

    /// Waits for a line that begins so.
    package func line(_ beginning: String) async throws -> String {
        try await eventually("the line \"\(beginning)…\"") {
            self.linesSinceStart.contains { $0.hasPrefix(beginning) } || !self.process.isRunning
        }
        guard let line = linesSinceStart.first(where: { $0.hasPrefix(beginning) }) else {
            throw Missing(description: "the line \"\(beginning)…\"; printed: \(lines) \(errorText)")
        }
        return line
    }

    /// Waits for the end; returns the exit status.
    package func end() async throws -> Int32 {
        try await eventually("the end of the program") { !self.process.isRunning }
        return process.terminationStatus
    }

    /// Asks it to end, as Control-C does, and waits for it.
    package func interrupt(within patience: Int = RawClient.patience) async throws -> Int32 {
        process.interrupt()
        try await eventually("the end of the program", within: patience) { !process.isRunning }
        return process.terminationStatus
    }

    /// Asks it to end, as `kill` does, and waits for it.
    package func terminate() async throws -> Int32 {
        process.terminate()
        return try await end()
    }
}
