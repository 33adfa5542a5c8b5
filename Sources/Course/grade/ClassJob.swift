// What the grader of a class hands to the grader of one submission, and what comes back: files
// of JSON, because the two are processes apart. Next: ClassWorker.swift.

import CourseLanguage
import Foundation
import Grading

/// The work on one submission.
struct ClassJob: Codable {
    /// A folder for it alone: source, Public, out, root.
    let folder: URL
    let files: [URL]
    let kit: EngineKit
    let means: SandboxMeans
    let user: Int
    let seed: UInt64
    let stage: Int?
    let part: Int?

    /// Milliseconds that compiling may take, and grading.
    static let compileTime = 60_000
    static let time = 120_000

    var file: URL { folder.appending(path: "job.json") }
    var resultFile: URL { folder.appending(path: "result.json") }
    var out: URL { folder.appending(path: "out") }

    /// The place for its compiler, and for its program.
    func sandbox() -> Sandbox {
        var sandbox = Sandbox(means, root: folder.appending(path: "root"), user: user)
        sandbox.reads = [kit.folder, kit.toolchain]
        return sandbox
    }

    static func read(_ file: URL) throws -> ClassJob {
        try JSONDecoder().decode(ClassJob.self, from: Data(contentsOf: file))
    }

    func write() throws { try JSONEncoder().encode(self).write(to: file) }
}

/// What is known of a submission so far.
struct ClassResult: Codable {
    enum State: String, Codable { case compiling, grading, done }

    /// The result of one check. What a program has sent may be of any length; a report is for
    /// reading.
    struct Entry: Codable {
        let id: String
        let milliseconds: Int
        var expected, arrived, cause: Sentence?
        var transcript: [String] = []
        var server: [String] = []
        /// Why it was not run, or, if it `isOmitted`, not judged.
        var reason: Sentence?
        var isOmitted = false

        init(_ result: CheckResult) {
            id = result.check.id
            milliseconds = result.milliseconds
            let cut = { (sentence: Sentence) in sentence.cut(2_000) }
            switch result.outcome {
            case .passed: break
            case .skipped(let reason): self.reason = reason
            case .omitted(let reason): (self.reason, isOmitted) = (reason, true)
            case .failed(let failure, let lines):
                (expected, arrived) = (cut(failure.expected), cut(failure.arrived))
                cause = failure.cause.map(cut)
                server = failure.server.prefix(5).map { String($0.prefix(500)) }
                transcript = lines.suffix(40).map { String($0.prefix(500)) }
            }
        }

        private var outcome: Outcome {
            if let expected, let arrived {
                var failure = Failure(expected: expected, arrived: arrived, cause: cause)
                failure.server = server
                return .failed(failure, transcript: transcript)
            }
            guard let reason else { return .passed }
            return isOmitted ? .omitted(reason) : .skipped(reason)
        }

        var result: CheckResult? {
            Check.all.first { $0.id == id }.map {
                CheckResult(check: $0, outcome: outcome, milliseconds: milliseconds)
            }
        }
    }

    var state = State.compiling
    /// The compiler's words, if it does not compile.
    var errors: [Sentence] = []
    /// What this machine could not do.
    var trouble: Sentence?
    var stage = 0
    var checks: [Entry] = []
    /// What failed where the next stage was tried.
    var next: Entry?
    /// How the program came to its end by itself.
    var crash: Sentence?
    var isOutOfTime = false

    /// Replaces the file: a reader finds the old text or the new one.
    func write(to file: URL) throws {
        try JSONEncoder().encode(self).write(to: file, options: .atomic)
    }

    static func read(_ file: URL) -> ClassResult? {
        (try? Data(contentsOf: file)).flatMap {
            try? JSONDecoder().decode(ClassResult.self, from: $0)
        }
    }
}
