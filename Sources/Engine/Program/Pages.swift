// Where the pages lie, and how they are served: as they are. In: the working directory, the place
// of the program, an environment variable; a path. Out: the folder `Public`; a response with type.
// Next: MediaType.swift, AppHooks.swift.

import EngineSockets
import Foundation
import HTTPWire

/// The folder with pages, style sheet and browser client.
enum PublicFolder {
    /// `PUBLIC_DIR` if it is set; else `Public` in the working directory or a folder above it, or
    /// above the program. Throws `Problem`.
    static func find() throws -> URL {
        if let named = ProcessInfo.processInfo.environment["PUBLIC_DIR"] {
            let url = URL(filePath: named)
            if kind(of: url) == .typeDirectory { return url }
            throw Problem("PUBLIC_DIR is \"\(named)\", and there is no such folder")
        }
        let here = URL(filePath: FileManager.default.currentDirectoryPath)
        let program = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
            .deletingLastPathComponent()
        if let found = search(upwardsFrom: here) ?? search(upwardsFrom: program) { return found }
        throw Problem(
            "the folder Public was not found, neither in nor above \(here.path) or "
                + "\(program.path): start the program in the project's folder, or name it with "
                + "PUBLIC_DIR=…")
    }

    /// The folder `Public` in a folder, or in one above it.
    static func search(upwardsFrom start: URL) -> URL? {
        let folders = sequence(first: start.standardizedFileURL) {
            $0.path.count > 1 ? $0.deletingLastPathComponent() : nil
        }
        return folders.lazy.map { $0.appending(path: "Public") }
            .first { kind(of: $0) == .typeDirectory }
    }
}

/// What is at a place, links followed: a file, a folder, something else; nil: nothing.
func kind(of url: URL) -> FileAttributeType? {
    let path = url.resolvingSymlinksInPath().path
    return try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
}

extension HTTPResponse {
    /// A file in the folder Public, by its path there: `.file("step1/index.html")`. Throws when it
    /// cannot be read. (An app's `pages` are served without a route, and checked for changes.)
    public static func file(_ path: String) throws -> HTTPResponse {
        let url = try PublicFolder.find().appending(path: path)
        return .content(Array(try Data(contentsOf: url)), ofFile: url.lastPathComponent)
    }
}

/// Serves static files.
final class Pages {
    let root: String
    let folder: String
    private let shared: Set<String>
    /// What More keeps with the pages.
    var extras: AnyObject?

    /// Serves `folder` (for `/` and all in it), and of `root` the files that are `shared`.
    init(root: URL, folder: String, shared: Set<String> = []) {
        self.root = root.path
        self.folder = root.appending(path: folder).path
        self.shared = shared
    }

    /// The answer to a request for the file at a path, which takes GET and HEAD; nil: there is no
    /// such file. Names are compared part by part, so no path leads out of the folder; neither does
    /// a symbolic link.
    func response(to head: HTTPRequestHead, at path: String) -> HTTPResponse? {
        guard path.utf8.first == .slash, !path.utf8.contains(0) else { return nil }
        var parts = path.split(separator: "/")
        guard !parts.contains(where: { $0.hasPrefix(".") || $0.utf8.contains(.backslash) })
        else { return nil }
        if path.utf8.last == .slash { parts.append("index.html") }
        let relative = parts.joined(separator: "/")
        let file = load(relative, from: folder)
        guard let file = file ?? (shared.contains(relative) ? load(relative, from: root) : nil)
        else { return nil }
        let isTaken = head.hasMethod("GET") || head.hasMethod("HEAD")
        return isTaken ? file : .methodNotAllowed(["GET", "HEAD"])
    }

    private func load(_ relative: String, from base: String) -> HTTPResponse? {
        let path = base + "/" + relative
        return answer(forFile: path) {
            let url = URL(filePath: path).resolvingSymlinksInPath()
            let inside = URL(filePath: base).resolvingSymlinksInPath().path + "/"
            guard url.path.hasPrefix(inside), kind(of: url) == .typeRegular else { return nil }
            do {
                let bytes = Array(try Data(contentsOf: url))
                var response = HTTPResponse.content(bytes, ofFile: url.lastPathComponent)
                // "no-cache" means: keep it, but ask before you use it. A change is seen at once.
                response.fields.add("Cache-Control", "no-cache")
                return response
            } catch {
                Log.write("\(url.path) is there, and can't be read: \(error)")
                return .status(.serviceUnavailable)
            }
        }
    }
}
