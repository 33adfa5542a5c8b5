// Files are read once, and again when they change. In: a file's path, and how it is read. Out: its
// answer, with a tag: browsers ask by it whether what they have is still good.
// Next: Program/Pages.swift; Sources/Wire/HTTP/More/ByteRange.swift, which compares the tags.

import EngineBytes
import EngineSockets
import HTTPWire

/// The files of an app's pages that are in memory.
private final class PageCache {
    /// A file in memory, good for as long as the system knows of no change.
    struct CachedFile {
        let identity: FileIdentity
        let response: HTTPResponse
    }

    /// By where a file was asked for, links not followed.
    var files: [String: CachedFile] = [:]
}

extension Pages {
    /// The answer to a GET for the file at a path, which `read` makes.
    func answer(forFile path: String, _ read: () -> HTTPResponse?) -> HTTPResponse? {
        guard let identity = FileIdentity(path: path) else {
            cache.files[path] = nil
            return nil
        }
        if let cached = cache.files[path], cached.identity == identity { return cached.response }
        guard var response = read() else { return nil }
        guard response.status == .ok else { return response }
        let digest = Base64.encodeURL(Array(SHA256.digest(response.body).prefix(12)))
        response.fields.add("ETag", "\"\(digest)\"")
        let file = PageCache.CachedFile(identity: identity, response: response)
        cache.files[path] = identity.isSettled ? file : nil
        return response
    }

    private var cache: PageCache {
        if let cache = extras as? PageCache { return cache }
        let cache = PageCache()
        extras = cache
        return cache
    }
}

extension HTTPResponse {
    /// Files may be asked for in parts. A page lets the browser run its own scripts and no others.
    mutating func describeContent(isPage: Bool) {
        fields.add("Accept-Ranges", "bytes")
        if isPage {
            fields.add("Content-Security-Policy", ContentSecurityPolicy.forPage(body))
        }
    }
}
