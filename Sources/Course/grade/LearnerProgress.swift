// What the command remembers of MyChat between two calls, in Steps/MyChat/.progress.json.
// Next: PackageFolder.swift.

import Foundation

/// The help that a learner has had, and how far MyChat has been. Reports show it; it changes no
/// points.
struct LearnerProgress: Codable {
    /// How many steps of help were shown, check by check.
    var hints: [String: Int] = [:]
    /// The last stage of `--start`.
    var start: Int?
    /// The last stage that MyChat was found at.
    var reached: Int?

    private static func file(_ packageFolder: PackageFolder) -> URL {
        packageFolder.root.appending(path: "Steps/MyChat/.progress.json")
    }

    static func load(_ packageFolder: PackageFolder) -> LearnerProgress {
        guard let data = try? Data(contentsOf: file(packageFolder)) else {
            return LearnerProgress()
        }
        return (try? JSONDecoder().decode(LearnerProgress.self, from: data)) ?? LearnerProgress()
    }

    func save(_ packageFolder: PackageFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(self).write(to: Self.file(packageFolder))
    }
}
