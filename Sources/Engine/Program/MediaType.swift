// What a file is, by its name. In: `Photo.JPG`. Out: `image/jpeg`, which the browser believes, as
// `nosniff` keeps it from guessing; the file as a response. Next: Pages.swift,
// ContentSecurityPolicy.swift.
// Names: https://www.iana.org/assignments/media-types

import HTTPWire

/// The media type of a file, by its name.
enum MediaType {
    /// What stands behind the name's last dot, in any case; without one the file is bytes. All
    /// texts are taken for UTF-8.
    static func of(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."),
            let type = types[name[name.index(after: dot)...].lowercased()]
        else { return "application/octet-stream" }
        return type.hasPrefix("text/") ? "\(type); charset=utf-8" : type
    }

    private static let types = [
        // Texts.
        "html": "text/html", "htm": "text/html", "css": "text/css", "csv": "text/csv",
        "js": "text/javascript", "mjs": "text/javascript", "txt": "text/plain",
        "md": "text/plain", "vtt": "text/vtt", "xml": "application/xml",
        "json": "application/json", "map": "application/json",
        "webmanifest": "application/manifest+json",
        // Pictures.
        "svg": "image/svg+xml", "png": "image/png", "apng": "image/apng", "gif": "image/gif",
        "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "avif": "image/avif",
        "ico": "image/x-icon",
        // Sound and moving pictures.
        "mp3": "audio/mpeg", "m4a": "audio/mp4", "wav": "audio/wav", "oga": "audio/ogg",
        "ogg": "audio/ogg", "opus": "audio/ogg", "flac": "audio/flac", "weba": "audio/webm",
        "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg",
        "mov": "video/quicktime",
        // The rest.
        "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
        "wasm": "application/wasm", "pdf": "application/pdf", "zip": "application/zip",
    ]
}

extension HTTPResponse {
    /// A file's content, with its type; a page also with a policy that lets the browser run the
    /// page's own scripts and no others.
    static func content(_ bytes: [UInt8], ofFile name: String) -> HTTPResponse {
        let type = MediaType.of(name)
        var response = HTTPResponse.bytes(bytes, type: type)
        response.fields.add("Accept-Ranges", "bytes")
        if type.hasPrefix("text/html") {
            response.fields.add("Content-Security-Policy", ContentSecurityPolicy.forPage(bytes))
        }
        return response
    }
}
