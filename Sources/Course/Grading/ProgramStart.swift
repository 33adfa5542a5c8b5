// How a program is started: the same way each time, also after it was killed. In: an executable and
// what it is given. Out: a process that runs, and writes into recordings. Next: Program.swift.

import Foundation

/// What a program is started with.
struct ProgramStart {
    let executable: URL
    let arguments: [String]
    let environment: [String: String]
    /// Whether it gets this environment, and nothing of ours.
    let isClean: Bool

    /// Starts it.
    func process(output: Recording, errors: Recording, input: Pipe?) throws -> Process {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        // A short crash report, soon.
        let defaults = ["SWIFT_BACKTRACE": "color=no,images=none,threads=crashed,timeout=2s"]
        process.environment = (isClean ? [:] : ProcessInfo.processInfo.environment)
            .merging(defaults) { $1 }.merging(environment) { $1 }
        process.standardOutput = output.writer
        process.standardError = errors.writer
        process.standardInput = input ?? FileHandle.nullDevice
        try process.run()
        return process
    }
}
