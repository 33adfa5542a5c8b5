// What the command remembers of MyChat between two calls, in Steps/MyChat/.progress.json.
// Next: PackageFolder.swift.

import Foundation
import Grading

/// The help that a learner has had, and how far MyChat has been. Reports show it; it changes no
/// points.
package struct LearnerProgress: Codable {
    /// How many steps of help were shown, check by check.
    package var hints: [String: Int] = [:]
    /// The last stage of `--start`.
    package var start: Int?
    /// The last stage that MyChat was found at.
    package var reached: Int?
    /// The stage that was asked for last, by `grade N`, if it was the next one.
    package var asked: Int?

    package init() {}

    /// A bonus stage is a program of its own: the one that was begun, or asked for.
    package var bonus: Int? { asked.flatMap { Stages.bonus.contains($0) ? $0 : nil } }

    private static func file(_ packageFolder: PackageFolder) -> URL {
        packageFolder.root.appending(path: "Steps/MyChat/.progress.json")
    }

    package static func load(_ packageFolder: PackageFolder) -> LearnerProgress {
        guard let data = try? Data(contentsOf: file(packageFolder)) else {
            return LearnerProgress()
        }
        return (try? JSONDecoder().decode(LearnerProgress.self, from: data)) ?? LearnerProgress()
    }

    package func save(_ packageFolder: PackageFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(self).write(to: Self.file(packageFolder))
    }
}
