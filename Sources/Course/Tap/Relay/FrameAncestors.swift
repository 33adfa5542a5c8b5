// The one thing that the tap changes: a page that says "only my own site may frame me" could not be
// shown in the workbench. In: bytes of a server. Out: the same bytes, and at the head of a page the
// workbench's origin beside 'self'. Spec: W3C Content Security Policy Level 3 §6.4.2.
// Next: RelayedConnection.swift.

import EngineBytes

/// Changes the heads of pages.
nonisolated struct FrameAncestors {
    struct Passed {
        let received: [UInt8]
        let sent: [UInt8]
        var isChanged: Bool { received != sent }
    }

    /// A head that is longer is passed as it is.
    private static let longestHead = 65_536

    private let origin: String
    /// The beginning of a head, held back until the rest is there.
    private var head: [UInt8] = []

    init(origin: String) { self.origin = origin }

    /// What to send on; nil: nothing yet. `isStart`: a response may begin with these bytes.
    // Simplified: of responses that come in one piece, the first is looked at. Browsers ask for
    // one after the other.
    mutating func pass(_ bytes: [UInt8], isStart: Bool) -> Passed? {
        guard isStart || !head.isEmpty else { return Passed(received: bytes, sent: bytes) }
        head += bytes
        let isHTTP = head.starts(with: "HTTP/1.".utf8.prefix(head.count))
        if isHTTP, headEnd(of: head) == nil, head.count < Self.longestHead { return nil }
        let received = release()
        return Passed(received: received, sent: isHTTP ? changed(received) : received)
    }

    /// What was held back.
    mutating func release() -> [UInt8] {
        defer { head = [] }
        return head
    }

    /// A response with its head changed, if it is that of a page, or of one that the browser has
    /// (304: its fields replace those of the page).
    private func changed(_ response: [UInt8]) -> [UInt8] {
        let fields = fieldLines(of: response)
        let isPage = fields.contains { name, value in
            response[name].equalsIgnoringCase("content-type")
                && response[value].prefix(9).equalsIgnoringCase("text/html")
        }
        guard isPage || response.dropFirst(9).starts(with: "304".utf8) else { return response }
        var changed = response
        // From the last to the first, so that the ranges stay good.
        for (name, value) in fields.reversed() {
            if response[name].equalsIgnoringCase("x-frame-options") {
                let end = response[value.upperBound...].firstIndex(of: .lf) ?? value.upperBound
                changed.removeSubrange(name.lowerBound...end)
            } else if response[name].equalsIgnoringCase("content-security-policy") {
                let policy = String(decoding: response[value], as: UTF8.self)
                changed.replaceSubrange(value, with: widened(policy).utf8)
            }
        }
        return changed
    }

    private func widened(_ policy: String) -> String {
        let directives = policy.split(separator: ";", omittingEmptySubsequences: false)
        return directives.map { directive in
            let words = directive.split(separator: " ")
            let isOurs = words.first?.lowercased() == "frame-ancestors" && words.contains("'self'")
            return isOurs ? "\(directive) \(origin)" : String(directive)
        }.joined(separator: ";")
    }
}
