// Tells the browser which scripts of a page are ours: those in the file when it was read, by their
// hashes, and files from this server. Markup that slips in through a message runs nothing.
// In: a page. Out: a field value. Spec: W3C Content Security Policy Level 3.

import Bytes
import Foundation

/// The policy for a page.
enum ContentSecurityPolicy {
    /// Allows what stands in the page, and this server.
    static func forPage(_ page: [UInt8]) -> String {
        let text = String(decoding: page, as: UTF8.self)
        let scripts = sources(of: "script", in: text)
        let styles = sources(of: "style", in: text)
        return [
            "default-src 'self'", "script-src 'self'\(scripts)", "style-src 'self'\(styles)",
            "connect-src 'self'", "img-src 'self' data:", "base-uri 'none'",
            "form-action 'self'", "frame-ancestors 'self'",
        ].joined(separator: "; ")
    }

    /// The hashes of the inline elements of one kind, each with a blank before it.
    private static func sources(of element: String, in page: String) -> String {
        var found = ""
        var rest = page[...]
        while let open = rest.range(of: "<\(element)", options: .caseInsensitive),
            let openEnd = rest[open.upperBound...].firstIndex(of: ">"),
            let close = rest[openEnd...].range(of: "</\(element)", options: .caseInsensitive)
        {
            let content = rest[rest.index(after: openEnd)..<close.lowerBound]
            if !content.isEmpty {
                let digest = Base64.encode(SHA256.digest(Array(content.utf8)))
                found += " 'sha256-\(String(decoding: digest, as: UTF8.self))'"
            }
            rest = rest[close.upperBound...]
        }
        return found
    }
}
