// Media types of files that are seldom part of a page. Next: Program/MediaType.swift.

import HTTPWire

private let moreMediaTypes = [
    // Texts.
    "csv": "text/csv", "md": "text/plain", "vtt": "text/vtt", "xml": "application/xml",
    "map": "application/json", "webmanifest": "application/manifest+json",
    // Pictures.
    "apng": "image/apng", "avif": "image/avif",
    // Sound and moving pictures.
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "wav": "audio/wav", "oga": "audio/ogg",
    "ogg": "audio/ogg", "opus": "audio/ogg", "flac": "audio/flac", "weba": "audio/webm",
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg",
    "mov": "video/quicktime",
    // The rest.
    "woff": "font/woff", "ttf": "font/ttf", "otf": "font/otf", "wasm": "application/wasm",
    "pdf": "application/pdf", "zip": "application/zip",
]

extension HTTPResponse {
    /// The media type of files whose names end so; nil: it is not known.
    static func mediaType(_ end: String) -> String? { moreMediaTypes[end] }
}
