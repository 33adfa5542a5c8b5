// Paths with names in them: `/users/:id`. In: a pattern, a path. Out: whether they fit, and the
// values. Next: FurtherLimits.swift; Sources/Engine/More/Requests/PathParameters.swift.

import EngineBytes

/// A path some of whose parts stand for any: `/users/:id/files/*`.
package struct PathPattern: Sendable, Equatable {
    private enum Part: Sendable, Equatable {
        case text(String)
        case name(String)
        case rest
    }

    /// As it was written.
    package let text: String
    private let parts: [Part]

    /// Nil: there is no name in it, nor a `*` as its last part; it is a path like any other.
    package init?(_ text: String) {
        let words = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        self.text = text
        parts = words.enumerated().map { index, word in
            if word == "*", index == words.count - 1, index > 0 { return .rest }
            return word.hasPrefix(":") && word.count > 1
                ? .name(String(word.dropFirst())) : .text(String(word))
        }
        let isPattern = parts.contains { if case .text = $0 { false } else { true } }
        guard text.hasPrefix("/"), isPattern else { return nil }
    }

    /// Those with more text in them come first: `/users/me` before `/users/:id`.
    package var rank: Int {
        parts.count { if case .text = $0 { true } else { false } } * 2
            - (parts.last == .rest ? 1 : 0)
    }

    /// The values of the names, decoded, if a path as it came fits; nil: it does not. A value is
    /// never empty, and may hold a slash only where it was written as `%2F`.
    package func values(in rawPath: ArraySlice<UInt8>) -> [String: String]? {
        let words = rawPath.split(separator: .slash, omittingEmptySubsequences: false).dropFirst()
        guard parts.last == .rest ? words.count >= parts.count : words.count == parts.count
        else { return nil }
        var values: [String: String] = [:]
        for (part, word) in zip(parts, words) {
            if case .rest = part { break }
            guard let decoded = percentDecoded(word) else { return nil }
            let value = String(decoding: decoded, as: UTF8.self)
            switch part {
            case .text(let text): if !text.utf8.elementsEqual(value.utf8) { return nil }
            case .name(let name):
                guard !value.isEmpty else { return nil }
                values[name] = value
            case .rest: break
            }
        }
        return values
    }
}

extension HTTPRequestHead {
    /// The same request, asked of another host; nil: that is no host.
    package func with(host: String) -> HTTPRequestHead? {
        guard let hostRange, !hostRange.isEmpty else { return nil }
        let (start, end) = (Int(hostRange.lowerBound), Int(hostRange.upperBound))
        let changed = bytes[..<start] + Array(host.utf8) + bytes[end...]
        var limits = HTTPLimits()
        (limits.target, limits.head, limits.fields) = (changed.count, changed.count, .max)
        var parser = HTTPHeadParser(Array(changed), limits: limits)
        return try? parser.parse()
    }
}
