// The checks, against your own MyChat. What is not yet begun is skipped, and says so.

import Foundation
import Grading
import TestSupport
import Testing

/// How far Steps/MyChat has come, by the names in its program.
nonisolated enum Exercise {
    private static let marks = [
        "pages: \"mychat\"", "SocketServer(", "\"chat message\"", "broadcast", "\"set nickname\"",
        "\"typing\"", "\"online\"", "\"private message\"", "TUTORIAL-2.md, stage 9",
        "TUTORIAL-2.md, stage 10", "TUTORIAL-2.md, stage 11", "TUTORIAL-2.md, stage 12",
    ]

    /// The stage that was begun last. A bonus stage is a program of its own.
    private static var last: Int { Stages.all.last(where: hasBegun) ?? 1 }

    private static let program: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Steps/MyChat/main.swift")
        return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }()

    /// Whether the program has a name that is new in a stage.
    static func hasBegun(_ stage: Int) -> Bool { program.contains(marks[stage - 1]) }

    /// The stage's checks that still hold at the one that was begun last.
    static func checks(_ stage: Int) -> [Check] {
        return Check.all.filter { $0.stage == stage && last <= $0.lastStage }
    }

    @MainActor static func judge(_ check: Check) async throws {
        _ = try await StepTests.judge(check, of: "MyChat", stage: last)
    }
}

@Suite("Exercise 1", .serialized, .enabled(if: Exercise.hasBegun(1), "stage 1 is not yet begun"))
struct Exercise1 {
    @Test(arguments: Exercise.checks(1))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}

@Suite("Exercise 2", .serialized, .enabled(if: Exercise.hasBegun(2), "stage 2 is not yet begun"))
struct Exercise2 {
    @Test(arguments: Exercise.checks(2))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}

@Suite("Exercise 3", .serialized, .enabled(if: Exercise.hasBegun(3), "stage 3 is not yet begun"))
struct Exercise3 {
    @Test(arguments: Exercise.checks(3))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}

@Suite("Exercise 4", .serialized, .enabled(if: Exercise.hasBegun(4), "stage 4 is not yet begun"))
struct Exercise4 {
    @Test(arguments: Exercise.checks(4))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}

@Suite("Exercise 5", .serialized, .enabled(if: Exercise.hasBegun(5), "stage 5 is not yet begun"))
struct Exercise5 {
    @Test(arguments: Exercise.checks(5))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}

@Suite("Exercise 6", .serialized, .enabled(if: Exercise.hasBegun(6), "stage 6 is not yet begun"))
struct Exercise6 {
    @Test(arguments: Exercise.checks(6))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}

@Suite("Exercise 7", .serialized, .enabled(if: Exercise.hasBegun(7), "stage 7 is not yet begun"))
struct Exercise7 {
    @Test(arguments: Exercise.checks(7))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}

@Suite("Exercise 8", .serialized, .enabled(if: Exercise.hasBegun(8), "stage 8 is not yet begun"))
struct Exercise8 {
    @Test(arguments: Exercise.checks(8))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}

@Suite("Exercise 9", .serialized, .enabled(if: Exercise.hasBegun(9), "stage 9 is not yet begun"))
struct Exercise9 {
    @Test(arguments: Exercise.checks(9))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}

@Suite("Exercise 10", .serialized, .enabled(if: Exercise.hasBegun(10), "stage 10 is not yet begun"))
struct Exercise10 {
    @Test(arguments: Exercise.checks(10))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}

@Suite("Exercise 11", .serialized, .enabled(if: Exercise.hasBegun(11), "stage 11 is not yet begun"))
struct Exercise11 {
    @Test(arguments: Exercise.checks(11))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}

@Suite("Exercise 12", .serialized, .enabled(if: Exercise.hasBegun(12), "stage 12 is not yet begun"))
struct Exercise12 {
    @Test(arguments: Exercise.checks(12))
    func passes(check: Check) async throws { try await Exercise.judge(check) }
}
