// Tells the browser which scripts of a page are ours: those in the file when it was read, by their
// hashes, and files from this server. Markup that slips in through a message runs nothing.
// In: a page. Out: a field value. Spec: W3C Content Security Policy Level 3.
// Next: InlineElements.swift.

import EngineBytes

/// The policy for a page.
enum ContentSecurityPolicy {
    /// Allows what stands in the page, and this server.
    static func forPage(_ page: [UInt8]) -> String {
        let elements = InlineElements(page: page)
        return [
            "default-src 'self'", "script-src 'self'\(hashes(of: elements.scripts))",
            "style-src 'self'\(hashes(of: elements.styles))", "connect-src 'self'",
            "img-src 'self' data:", "base-uri 'none'", "form-action 'self'",
            "frame-ancestors 'self'",
        ].joined(separator: "; ")
    }

    /// The hashes of inline elements, each with a blank before it.
    private static func hashes(of texts: [ArraySlice<UInt8>]) -> String {
        texts.filter { !$0.isEmpty }.map { text in
            let digest = Base64.encode(SHA256.digest(Array(text)))
            return " 'sha256-\(String(decoding: digest, as: UTF8.self))'"
        }.joined()
    }
}
