// Where the pages lie. In: the working directory, the place of the program, an environment
// variable. Out: the folder `Public`, or a sentence about where it was looked for.
// Next: Pages.swift.

import Foundation
import HTTPWire

/// The folder with pages, style sheet and browser client.
enum PublicFolder {
    /// `PUBLIC_DIR` if it is set; else `Public` in the working directory or a folder above it, or
    /// above the program.
    static func find() throws -> URL {
        if let named = ProcessInfo.processInfo.environment["PUBLIC_DIR"] {
            let url = URL(filePath: named)
            if isFolder(url) { return url }
            throw Missing(description: "PUBLIC_DIR is \"\(named)\", and there is no such folder")
        }
        let here = URL(filePath: FileManager.default.currentDirectoryPath)
        let program = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
            .deletingLastPathComponent()
        if let found = search(upwardsFrom: here) ?? search(upwardsFrom: program) { return found }
        throw Missing(
            description: "the folder Public was not found, neither in nor above \(here.path) or "
                + "\(program.path): start the program in the project's folder, or name it with "
                + "PUBLIC_DIR=…")
    }

    /// The folder `Public` in a folder, or in one above it.
    static func search(upwardsFrom start: URL) -> URL? {
        var folder = start.standardizedFileURL
        while true {
            let candidate = folder.appending(path: "Public")
            if isFolder(candidate) { return candidate }
            guard folder.path != "/", !folder.path.isEmpty else { return nil }
            folder = folder.deletingLastPathComponent()
        }
    }

    private static func isFolder(_ url: URL) -> Bool {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
        return exists && isDirectory.boolValue
    }

    /// The folder is nowhere.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }
}

extension HTTPResponse {
    /// A file in the folder Public, by its path there: `.file("step1/index.html")`. Throws when it
    /// cannot be read. (An app's `pages` are served without a route, and checked for changes.)
    public static func file(_ path: String) throws -> HTTPResponse {
        let url = try PublicFolder.find().appending(path: path)
        return .content(Array(try Data(contentsOf: url)), ofFile: url.lastPathComponent)
    }
}
