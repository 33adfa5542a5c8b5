// `try app.files("/assets", from: "dist/assets", cache: .immutable)`: folders of files beside the
// routes. In: a path, a folder. Out: files as answers, with what caches may do with them.
// Next: Program/Pages.swift, which reads them; Routing.swift.

import EngineSockets
import Foundation
import HTTPWire

/// How long browsers and proxies may keep a file.
public nonisolated enum FileCache: Sendable, Equatable {
    /// They ask each time whether it has changed; the answer is short if not.
    case revalidated
    /// So long they don't ask.
    case kept(Duration)
    /// For ever: for files whose names change with their content.
    case immutable

    var field: String {
        switch self {
        case .revalidated: "no-cache"
        case .kept(let time): "public, max-age=\(time.inMilliseconds / 1_000)"
        case .immutable: "public, max-age=31536000, immutable"
        }
    }
}

/// A folder that is served below a path.
struct FileFolder {
    let prefix: String
    let pages: Pages
    let fallback: String?
    let cache: FileCache

    /// The answer to a request; nil: there is no such file.
    func response(for head: HTTPRequestHead) -> HTTPResponse? {
        let path = head.path
        guard path.hasPrefix(prefix) else { return nil }
        let rest = "/" + path.dropFirst(prefix.count)
        let file = pages.response(to: head, at: rest) ?? fallbackPage(rest, head)
        guard var response = file, response.status != .methodNotAllowed else { return file }
        // A page is where a new version begins: it is always asked for.
        let isPage = response.fields["Content-Type"]?.hasPrefix("text/html") == true
        if !isPage { response.fields.set("Cache-Control", cache.field) }
        return response
    }

    /// What a program in the browser calls a path, and is none here. A name with a dot is a file
    /// that is missing.
    private func fallbackPage(_ path: String, _ head: HTTPRequestHead) -> HTTPResponse? {
        guard let fallback, path.split(separator: "/").last?.contains(".") != true else {
            return nil
        }
        return pages.response(to: head, at: "/" + fallback)
    }
}

extension App {
    /// Serves the files of a folder below a path, where no route has it: `folder` as the working
    /// directory sees it. `fallback` answers paths that are no file and have no dot in their last
    /// part, for a page that has paths of its own (`index.html`). Pages are never kept; other files
    /// as `cache` says. Throws when there is no such folder.
    public func files(
        _ path: String = "/", from folder: String, fallback: String? = nil,
        cache: FileCache = .revalidated
    ) throws {
        let url = URL(filePath: folder).standardizedFileURL
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
            isFolder.boolValue
        else {
            throw Problem(
                "there is no folder \(url.path): name one that exists, or start the program where "
                    + "\"\(folder)\" lies")
        }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        more.routing.folders.append(
            FileFolder(
                prefix: prefix, pages: Pages(root: url, folder: "."), fallback: fallback,
                cache: cache))
        // The longest path first.
        more.routing.folders.sort { $0.prefix.utf8.count > $1.prefix.utf8.count }
    }
}
