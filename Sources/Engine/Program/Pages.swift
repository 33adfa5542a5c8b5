// Where the pages lie, and how they are served: as they are, read once, and again when they change.
// In: the working directory, the place of the program, an environment variable; a path. Out: the
// folder `Public`; a response with type and ETag. Next: MediaType.swift.

import EngineBytes
import EngineSockets
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

/// Serves static files.
final class Pages {
    /// A file in memory, good for as long as the system knows of no change.
    private struct CachedFile {
        let identity: FileIdentity
        let response: HTTPResponse
    }

    private let root: String
    private let folder: String
    private let shared: Set<String>
    /// By where a file was asked for, links not followed.
    private var cache: [String: CachedFile] = [:]

    /// Serves `folder` (for `/` and all in it), and of `root` the files that are `shared`.
    init(root: URL, folder: String, shared: Set<String> = []) {
        self.root = root.path
        self.folder = root.appending(path: folder).path
        self.shared = shared
    }

    /// What is wrong with the folder, if a page cannot be found in it.
    var problem: String? {
        guard FileIdentity(path: folder + "/index.html") == nil else { return nil }
        return "\(folder)/index.html is not there, so / is answered with 404: put the page there, "
            + "or give App(pages:) the name of another folder in \(root)"
    }

    /// The answer to a GET for a path; nil: there is no such file.
    func response(forPath path: String, ifNoneMatch: String?) -> HTTPResponse? {
        guard let file = file(forPath: path) else { return nil }
        guard let ifNoneMatch, let tag = file.response.fields["ETag"], matches(ifNoneMatch, tag)
        else { return file.response }
        return HTTPResponse(status: .notModified, fields: file.response.fields)
    }

    /// Spec: RFC 9110 §13.1.2
    private func matches(_ field: String, _ tag: String) -> Bool {
        field.split(separator: ",").contains { item in
            let candidate = item.trimmingCharacters(in: .whitespaces)
            return candidate == "*" || candidate == tag || candidate == "W/\(tag)"
        }
    }

    // MARK: - Finding

    /// The file for a path. Names are compared part by part, so no path leads out of the folder;
    /// neither does a symbolic link.
    private func file(forPath path: String) -> CachedFile? {
        guard path.utf8.first == .slash, !path.utf8.contains(0) else { return nil }
        var parts = path.split(separator: "/")
        guard !parts.contains(where: { $0.hasPrefix(".") || $0.utf8.contains(.backslash) })
        else { return nil }
        if path.utf8.last == .slash { parts.append("index.html") }
        let relative = parts.joined(separator: "/")
        return load(relative, from: folder)
            ?? (shared.contains(relative) ? load(relative, from: root) : nil)
    }

    // MARK: - Reading

    private func load(_ relative: String, from base: String) -> CachedFile? {
        let path = base + "/" + relative
        guard let identity = FileIdentity(path: path) else {
            cache[path] = nil
            return nil
        }
        if let cached = cache[path], cached.identity == identity { return cached }
        let url = URL(filePath: path).resolvingSymlinksInPath()
        let inside = URL(filePath: base).resolvingSymlinksInPath().path + "/"
        guard url.path.hasPrefix(inside) else { return nil }
        let bytes: [UInt8]
        do {
            bytes = Array(try Data(contentsOf: url))
        } catch {
            Log.write("\(url.path) is there, and can't be read: \(error)")
            return CachedFile(identity: identity, response: .status(.serviceUnavailable))
        }
        let digest = Base64.encodeURL(Array(SHA256.digest(bytes).prefix(12)))
        var response = HTTPResponse.content(bytes, ofFile: url.lastPathComponent)
        response.fields.add("ETag", "\"\(digest)\"")
        // "no-cache" means: keep it, but ask before you use it. A change is seen at once.
        response.fields.add("Cache-Control", "no-cache")
        let file = CachedFile(identity: identity, response: response)
        cache[path] = identity.isSettled ? file : nil
        return file
    }
}
