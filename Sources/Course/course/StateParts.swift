// What pages see of the workbench, part by part, as it is encoded. Next: Workbench.swift,
// GradingDesk.swift (`grading`), Visitors.swift (`visitors`).

import CourseRunner
import Tap

/// What is under test.
nonisolated struct TargetPart: Codable, Equatable {
    var isOwn = true
    var name = "MyChat"
    @OrNull var command: String?
}

/// How the program is.
nonisolated struct ProgramPart: Codable, Equatable {
    enum State: String, Codable { case none, starting, running, ended, stopped, failed }

    var state = State.none
    /// How often a program was started.
    var run = 0
    @OrNull var port: Int?
    /// A sentence about what is wrong.
    @OrNull var problem: String?
    /// The line of main.swift that it is about.
    @OrNull var line: Int?
}

/// How the build is.
nonisolated struct BuildPart: Codable, Equatable {
    enum State: String, Codable { case none, building, built, errors, trouble }

    var state = State.none
    @OrNull var milliseconds: Int?
    var diagnostics: [BuildDiagnostic] = []
    /// The compiler's last lines, where the trouble is not with the learner's files.
    @OrNull var words: String?
    @OrNull var advice: String?
}

/// A visitor, and how its network is.
nonisolated struct VisitorPart: Codable, Equatable {
    nonisolated struct WeatherPart: Codable, Equatable {
        let delayToServer: Int
        let delayToVisitor: Int
        let isHeld: Bool
        @OrNull var readingRate: Int?
        let blocksWebSockets: Bool
    }

    let name: String
    let port: Int
    let connections: Int
    let weather: WeatherPart
}

/// MyChat's files, and what is kept beside them.
nonisolated struct FilesPart: Codable, Equatable {
    /// By stage, step and number: whether MyChat has the lines of a block.
    var blocks: [String: Bool] = [:]
    var kept: [String] = []
    @OrNull var begun: Int?
    var reached = 0
}

/// A line of what the program prints, or a note of the workbench's.
nonisolated struct OutputLine: Codable, Equatable {
    enum Kind: String, Codable { case out, err, note }

    let kind: Kind
    let text: String
    let run: Int
}

/// Frames that have to be loaded again.
nonisolated struct ReloadPart: Codable {
    enum Reason: String, Codable { case page, program, weather }

    let visitors: [String]
    let reason: Reason
}
