// Files of the pages, compressed once and kept. In: a file's answer with its tag, and what the
// client can read. Out: the same file in a coding, with a tag of its own: to a cache these are
// different things. Spec: RFC 9110 §8.8.3.3, §12.5.5. Next: ../Pages/PageCache.swift.

import DeflateWire
import HTTPWire

extension App {
    /// How files of the pages are compressed; nil: they are not. What routes return goes as it is.
    public var httpCompression: HTTPCompression? {
        get { more.httpCompression }
        set { more.httpCompression = newValue }
    }

    /// A file of the pages, as this request gets it.
    func coded(_ page: Response, for head: HTTPRequestHead) -> Response {
        guard page.status == .ok, let options = httpCompression else { return page }
        var page = page
        CodedPages.shared.code(&page, for: head, options)
        return page
    }
}

/// Compressed files, known by their content: a file that has changed is another one.
final class CodedPages {
    static let shared = CodedPages()

    /// Larger files go as they are: to compress one takes a moment, in which all wait.
    static let largestFile = 2_097_152
    /// What is kept at most, in bytes; what is oldest goes first.
    static let keptBytes = 16_777_216

    private var kept: [String: [UInt8]] = [:]
    private var order: [String] = []
    private var byteCount = 0

    /// How often a file was compressed.
    private(set) var count = 0

    /// Compresses a file for a request, if it is text and has more than a few bytes.
    func code(
        _ response: inout HTTPResponse, for head: HTTPRequestHead, _ options: HTTPCompression
    ) {
        guard response.fields["Content-Encoding"] == nil, let tag = response.fields["ETag"],
            (options.threshold...max(options.threshold, Self.largestFile))
                .contains(response.body.count),
            let type = response.fields["Content-Type"], Self.isText(type)
        else { return }
        // Also where it goes as it is: a cache must not give it to others.
        response.fields.add("Vary", "Accept-Encoding")
        // Parts are those of the file itself.
        guard head.fields["Range"] == nil,
            let coding = head.fields["Accept-Encoding"].flatMap(ContentCoding.preferred)
        else { return }
        let codedTag = "\(tag.dropLast())-\(coding.rawValue)\""
        response.body = body(codedTag, coding, response.body)
        response.fields.set("ETag", codedTag)
        response.fields.add("Content-Encoding", coding.rawValue)
    }

    private func body(_ tag: String, _ coding: ContentCoding, _ plain: [UInt8]) -> [UInt8] {
        if let known = kept[tag] { return known }
        count += 1
        let coded = BodyCompressor.shared.compress(plain, coding, .default)
        kept[tag] = coded
        order.append(tag)
        byteCount += coded.count
        while byteCount > Self.keptBytes, let oldest = order.first {
            order.removeFirst()
            byteCount -= kept.removeValue(forKey: oldest)?.count ?? 0
        }
        return coded
    }

    /// Pictures and archives are compressed already.
    private static func isText(_ type: String) -> Bool {
        let name = type.prefix { $0 != ";" }
        return name.hasPrefix("text/") || name.hasSuffix("+xml") || name.hasSuffix("json")
            || ["application/javascript", "application/xml", "application/wasm"].contains(name)
    }
}
