// What a file is, by its name. In: `Photo.JPG`. Out: `image/jpeg`, which the browser believes, as
// `nosniff` keeps it from guessing. Next: Pages.swift, Response.swift.
// Names: https://www.iana.org/assignments/media-types

/// The media type of a file, by its name.
enum MediaType {
    /// What stands behind the name's last dot, in any case; without one the file is bytes.
    static func of(_ name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return other }
        return types[name[name.index(after: dot)...].lowercased()] ?? other
    }

    private static let other = "application/octet-stream"

    private static let types = [
        // Texts. All are taken for UTF-8.
        "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8",
        "css": "text/css; charset=utf-8", "csv": "text/csv; charset=utf-8",
        "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8",
        "txt": "text/plain; charset=utf-8", "md": "text/plain; charset=utf-8",
        "vtt": "text/vtt; charset=utf-8", "xml": "application/xml",
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
