// Where this package is, for its commands. In: what its folder holds. Out: the folder.
// Next: ../Runner/PackageFolder.swift.

import Foundation

/// Where a command of this package looks for it.
package enum PackageSearch {
    /// The command itself, links followed.
    package static var program: URL {
        (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0]))
            .resolvingSymlinksInPath()
    }

    /// The first folder that holds all of these, from the working directory upwards, and then from
    /// the program.
    package static func folder(with marks: [String]) -> URL? {
        let manager = FileManager.default
        for start in [URL(filePath: manager.currentDirectoryPath), program] {
            var folder = start
            while folder.path != "/" {
                let paths = marks.map { folder.appending(path: $0).path }
                if paths.allSatisfy(manager.fileExists(atPath:)) { return folder }
                folder.deleteLastPathComponent()
            }
        }
        return nil
    }
}
