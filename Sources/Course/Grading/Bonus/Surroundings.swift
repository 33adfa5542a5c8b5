// What a program of a bonus stage is given beside its options: a folder for what it stores, and
// secrets. In: nothing. Out: a new folder, and an environment. Next: ../Subject.swift,
// BonusSteps.swift.

import Foundation

/// A folder and secrets, for all programs of one run.
package final class Surroundings {
    /// Where programs may store something. It is removed with this object.
    package let folder: URL
    private let secrets = [
        tokenSecret: "\(UUID().uuidString)\(UUID().uuidString)", adminKey: UUID().uuidString,
    ]

    /// The names in the environment.
    static let dataFolder = "DATA_DIR"
    static let tokenSecret = "TOKEN_SECRET"
    static let adminKey = "ADMIN_KEY"
    static let redis = "REDIS_URL"

    package init() {
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "grade-data-\(UUID().uuidString)")
        // A submission may be run by another user. No one else knows the folder's name.
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
        _ = chmod(folder.path, 0o777)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Strange to a program of the other stages, and without effect there.
    package var environment: [String: String] {
        secrets.merging([Self.dataFolder: folder.path]) { $1 }
    }
}
