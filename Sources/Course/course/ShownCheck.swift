// A check as pages see it, and the list of them. In: checks, outcomes, hints. Out: values that
// become JSON. Next: GradingDesk.swift; ../Grading/Check.swift.

import CourseRunner
import Grading

/// The checks of a stage, and how they stand.
nonisolated struct GradingPart: Codable, Equatable {
    var isRunning = false
    var stage = 1
    var seed: UInt64 = 0
    var checks: [ShownCheck] = []
    var points = 0
    var maxPoints = 0
    @OrNull var summary: String?
    /// What to do now.
    @OrNull var next: String?
    /// Why nothing is run.
    @OrNull var reason: String?
}

nonisolated struct ShownCheck: Codable, Equatable {
    enum State: String, Codable { case waiting, running, passed, failed, skipped, omitted }

    let id: String
    let stage: Int
    let title: String
    let kind: String
    let points: Int
    var state = State.waiting
    /// Of one that was skipped or omitted.
    @OrNull var reason: String?
    @OrNull var milliseconds: Int?
    @OrNull var failure: ShownFailure?
    /// The rungs of help that were asked for.
    var hints: [String]
    var hasMoreHints: Bool

    init(_ check: Check, points: Int, rungs: Int) {
        (id, stage, title, kind) = (
            check.id, check.stage, check.title.text, check.kind.rawValue
        )
        self.points = points
        let all = (check.hint?.rungs ?? []).map(\.text)
        hints = Array(all.prefix(rungs))
        hasMoreHints = rungs < all.count
    }

    /// Takes over how the check ended.
    @MainActor mutating func take(_ result: CheckResult) {
        milliseconds = result.milliseconds
        (failure, reason) = (nil, nil)
        switch result.outcome {
        case .passed: state = .passed
        case .failed(let failure, let transcript):
            state = .failed
            self.failure = ShownFailure(failure, of: result.check, transcript)
        case .skipped(let why): (state, reason) = (.skipped, why.text)
        case .omitted(let why): (state, reason) = (.omitted, why.text)
        }
    }
}

nonisolated struct ShownFailure: Codable, Equatable {
    let expected: String
    let arrived: String
    let cause: String
    let anchor: String
    let transcript: [TranscriptLine]

    @MainActor init(_ failure: Failure, of check: Check, _ transcript: [String]) {
        (expected, arrived) = (failure.expected.text, failure.arrived.text)
        cause = (failure.cause ?? check.cause).text
        anchor = check.anchor
        self.transcript = transcript.suffix(Self.longest).map { TranscriptLine($0) }
    }

    /// Lines of a transcript that are shown: the last ones.
    private static let longest = 300
}

/// What one client did or heard.
nonisolated struct TranscriptLine: Codable, Equatable {
    enum Way: String, Codable { case toServer, toVisitor }

    @OrNull var time: Int?
    @OrNull var client: String?
    @OrNull var way: Way?
    var text: String
    var isFault = false

    /// `12 ms  a  → 42[…]`, with a mark at the line where it went wrong.
    init(_ line: String) {
        let mark = "   <-- here"
        text = line
        isFault = line.hasSuffix(mark)
        if isFault { text.removeLast(mark.count) }
        text = shownTranscript([text])[0]
        guard let match = text.wholeMatch(of: /(\d+) ms  (\S+)  (?:([→←]) )?((?s).*)/) else {
            return
        }
        time = Int(match.output.1)
        client = String(match.output.2)
        way = match.output.3.map { $0 == "→" ? .toServer : .toVisitor }
        text = String(match.output.4)
    }
}
