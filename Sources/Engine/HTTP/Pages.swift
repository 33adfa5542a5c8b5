// The files in a folder of `Public`, served as they are: read once, and again when they change.
// In: a path. Out: a response with type, ETag and, for a page, a policy that lets the browser run
// the page's own scripts and no others. Next: PublicFolder.swift, ContentSecurityPolicy.swift.

import Bytes
import Foundation
import HTTPWire

/// Serves static files.
final class Pages {
    /// A file in memory, good for as long as date and size on disk are the same.
    private struct CachedFile {
        let modified: Date
        let size: Int
        let bytes: [UInt8]
        let tag: String
        let policy: String?
    }

    private let root: URL
    private let folder: String?
    private var cache: [String: CachedFile] = [:]

    /// Serves `folder` (for `/` and all in it), and what lies in `root` itself.
    init(root: URL, folder: String?) {
        self.root = root
        self.folder = folder
    }

    /// The answer to a GET for a path; nil: there is no such file.
    func response(forPath path: String, ifNoneMatch: String?) -> HTTPResponse? {
        guard let url = file(forPath: path), let file = load(url) else { return nil }
        var response = HTTPResponse(status: .ok, body: file.bytes)
        if let ifNoneMatch, matches(ifNoneMatch, file.tag) {
            response = HTTPResponse(status: .notModified)
        }
        response.fields.add("Content-Type", MediaType.of(url.lastPathComponent))
        response.fields.add("ETag", file.tag)
        // "no-cache" means: keep it, but ask before you use it. A change is seen at once.
        response.fields.add("Cache-Control", "no-cache")
        response.fields.add("X-Content-Type-Options", "nosniff")
        if let policy = file.policy { response.fields.add("Content-Security-Policy", policy) }
        return response
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
    private func file(forPath path: String) -> URL? {
        guard path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
        var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        guard !parts.contains(where: { $0.hasPrefix(".") || $0.contains("\\") }) else { return nil }
        if path.hasSuffix("/") { parts.append("index.html") }
        let relative = parts.joined(separator: "/")
        if let folder, let found = existing(root.appending(path: folder), relative) { return found }
        // Beside the pages only what they share: chat.css, the icon. Not the other stages' pages.
        return parts.count == 1 && folder != nil ? existing(root, relative) : nil
    }

    private func existing(_ base: URL, _ relative: String) -> URL? {
        let resolvedBase = base.resolvingSymlinksInPath().path + "/"
        let url = base.appending(path: relative).resolvingSymlinksInPath()
        var isDirectory: ObjCBool = false
        guard url.path.hasPrefix(resolvedBase),
            FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory),
            !isDirectory.boolValue
        else { return nil }
        return url
    }

    // MARK: - Reading

    private func load(_ url: URL) -> CachedFile? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        guard let modified = attributes?[.modificationDate] as? Date,
            let size = attributes?[.size] as? Int
        else { return nil }
        if let cached = cache[url.path], cached.modified == modified, cached.size == size {
            return cached
        }
        guard let data = try? Data(contentsOf: url) else { return nil }
        let bytes = Array(data)
        let isPage = url.pathExtension == "html"
        let digest = Base64.encodeURL(Array(SHA256.digest(bytes).prefix(12)))
        let file = CachedFile(
            modified: modified, size: size, bytes: bytes, tag: "\"\(digest)\"",
            policy: isPage ? ContentSecurityPolicy.forPage(bytes) : nil)
        cache[url.path] = file
        return file
    }
}

/// The media type of a file, by its name.
enum MediaType {
    static func of(_ name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "json", "map": "application/json"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "ico": "image/x-icon"
        case "txt", "md": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}
