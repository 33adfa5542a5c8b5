// The checks, against your own MyChat. What is not yet begun is skipped, and says so.

import Foundation
import Grading
import TestSupport
import Testing

/// How far Steps/MyChat has come, by the names in its program.
nonisolated enum Exercise {
    private static let marks = [
        "pages: \"mychat\"", "SocketServer(", "\"chat message\"", "broadcast", "\"set nickname\"",
        "\"typing\"", "\"online\"", "\"private message\"",
    ]

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
        let last = (1...8).last(where: hasBegun) ?? 1
        return Check.all.filter { $0.stage == stage && last <= $0.lastStage }
    }

    @MainActor static func judge(_ check: Check) async throws {
        _ = try await StepTests.judge(
            check, of: "MyChat", stage: (1...8).last(where: hasBegun) ?? 1)
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
