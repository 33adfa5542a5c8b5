// A file as a response: what it is, by its name. In: `Photo.JPG`. Out: `image/jpeg`, which the
// browser believes, as `nosniff` keeps it from guessing. Next: Pages.swift;
// More/Pages/MoreMediaTypes.swift.
// Names: https://www.iana.org/assignments/media-types

import HTTPWire

/// The media types of what a page is made of, by the end of a file's name.
private let mediaTypes = [
    "html": "text/html", "htm": "text/html", "css": "text/css", "js": "text/javascript",
    "mjs": "text/javascript", "txt": "text/plain", "json": "application/json",
    "svg": "image/svg+xml", "png": "image/png", "gif": "image/gif", "jpg": "image/jpeg",
    "jpeg": "image/jpeg", "webp": "image/webp", "ico": "image/x-icon", "woff2": "font/woff2",
]

extension HTTPResponse {
    /// A file's content, with its type: by what stands behind the name's last dot, in any case;
    /// without one the file is bytes. All texts are taken for UTF-8.
    static func content(_ bytes: [UInt8], ofFile name: String) -> HTTPResponse {
        let end = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
        let type = end.flatMap { mediaTypes[$0] ?? mediaType($0) } ?? "application/octet-stream"
        let charset = type.hasPrefix("text/") ? "; charset=utf-8" : ""
        var response = HTTPResponse.bytes(bytes, type: type + charset)
        response.describeContent(isPage: type == "text/html")
        return response
    }
}
