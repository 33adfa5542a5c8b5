// How much of a program is like others: runs of tokens that they share. Names, numbers, texts,
// blanks and comments do not count, so that renaming hides nothing. In: Swift texts.
// Out: percentages. Next: ClassRun.swift.

import Foundation

/// The shingles of a program: hashes of all its runs of so many tokens.
struct Shingles {
    private static let length = 12
    /// Fewer than this are a coincidence.
    private static let least = 25
    private(set) var hashes: Set<Int> = []

    var count: Int { hashes.count }

    init(_ texts: [String] = []) { for text in texts { add(text) } }

    mutating func add(_ text: String) {
        let tokens = Self.tokens(text)
        guard tokens.count >= Self.length else { return }
        for start in 0...(tokens.count - Self.length) {
            var hasher = Hasher()
            for token in tokens[start..<(start + Self.length)] { hasher.combine(token) }
            hashes.insert(hasher.finalize())
        }
    }

    mutating func add(_ other: Shingles) { hashes.formUnion(other.hashes) }

    func without(_ other: Shingles) -> Shingles {
        var result = Shingles()
        result.hashes = hashes.subtracting(other.hashes)
        return result
    }

    /// How much of it the other one has, in percent.
    func share(in other: Shingles) -> Int {
        count == 0 ? 0 : hashes.count(where: other.hashes.contains) * 100 / count
    }

    /// How much of the shorter one the two have in common, in percent; nil: too little to say.
    func likeness(to other: Shingles) -> Int? {
        let (small, large) = count < other.count ? (self, other) : (other, self)
        return small.count < Self.least ? nil : small.share(in: large)
    }

    // MARK: - Tokens

    private static let keywords: Set<String> = [
        "let", "var", "func", "struct", "class", "enum", "extension", "if", "guard", "else",
        "return", "for", "in", "while", "switch", "case", "default", "break", "continue", "throw",
        "throws", "try", "catch", "do", "import", "static", "private", "await", "async", "where",
        "nil", "true", "false", "self", "init", "as", "is", "defer", "some", "any",
    ]

    /// Keywords and signs as they are; names, numbers and texts by their kind.
    static func tokens(_ text: String) -> [String] {
        var rest = Array(text.utf8.prefix(300_000))[...]
        var result: [String] = []
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: "/"):
                rest = rest.drop { $0 != UInt8(ascii: "\n") }
            case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: "*"):
                rest = afterComment(rest)
            case UInt8(ascii: "\""):
                rest = afterText(rest)
                result.append("text")
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                rest = rest.drop(while: isName)
                result.append("number")
            case _ where isName(byte):
                let word = String(decoding: rest.prefix(while: isName), as: UTF8.self)
                rest = rest.drop(while: isName)
                result.append(keywords.contains(word) ? word : "name")
            default:
                rest = rest.dropFirst()
                if byte > 32 { result.append(String(UnicodeScalar(byte))) }
            }
        }
        return result
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 128...:
            true
        default: false
        }
    }

    private static func afterText(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = text.dropFirst()
        while let byte = rest.first, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\n") {
            rest = rest.dropFirst(byte == UInt8(ascii: "\\") ? 2 : 1)
        }
        return rest.dropFirst()
    }

    private static func afterComment(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = text.dropFirst(2)
        while let byte = rest.first {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: "*"), rest.first == UInt8(ascii: "/") { break }
        }
        return rest.dropFirst()
    }
}

/// What a class has in common: with the course, and with each other beyond that.
struct Likenesses {
    /// In percent; what is less is not told.
    private static let least = 40
    private let course: Shingles
    private let own: [Shingles]
    private let all: [Shingles]

    init(_ submissions: [Submission], course texts: [String]) {
        course = Shingles(texts)
        all = submissions.map { submission in
            Shingles(submission.program.compactMap { try? String(contentsOf: $0, encoding: .utf8) })
        }
        own = all.map { [course] in $0.without(course) }
    }

    /// How much of a submission is in the course's text or in its finished stages.
    func fromCourse(_ number: Int) -> Int? {
        all[number].count == 0 ? nil : all[number].share(in: course)
    }

    /// The others that a submission is like, the most alike first.
    func others(_ number: Int) -> [(number: Int, percent: Int)] {
        own.indices.filter { $0 != number }.compactMap { other in
            own[number].likeness(to: own[other]).map { (other, $0) }
        }.filter { $0.1 >= Self.least }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }
}
