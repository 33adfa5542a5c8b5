// A sentence for a person: written in English in the code, said in the language that was chosen.
// In: a literal with its values. Out: a text, in the current language or in one that is named.
// What is a value stays as it is: frames, names, numbers, code. Next: Language.swift.

/// A sentence with its values: `"the field \(name) is missing"`. Where a function or a type takes a
/// `Sentence`, a literal becomes one.
package struct Sentence: Sendable {
    enum Piece: Sendable, Codable {
        /// Words of the sentence: they have a translation.
        case words(String)
        /// A value: it is the same in each language.
        case value(String)
        /// A sentence inside of this one.
        case sentence(Sentence)
    }

    private(set) var pieces: [Piece] = []

    /// A text that is the same in each language: what was sent, a name, a path.
    package init(verbatim text: some StringProtocol) { pieces = [.value(String(text))] }

    /// A sentence that is known at run time only, as it stands in the code somewhere.
    package init(words: String) { self.init(stringLiteral: words) }

    /// Several names: the last one behind an "and".
    package static func all(of names: some Sequence<String>) -> Sentence {
        names.map { Sentence(verbatim: $0) }.reduce(nil) { all, name in
            all.map { "\($0) and \(name)" } ?? name
        } ?? ""
    }

    /// With values of no more than so many characters.
    package func cut(_ limit: Int) -> Sentence {
        var cut = self
        cut.pieces = pieces.map { piece in
            switch piece {
            case .words: piece
            case .value(let value): .value(String(value.prefix(limit)))
            case .sentence(let inner): .sentence(inner.cut(limit))
            }
        }
        return cut
    }

    package var isEmpty: Bool { english.isEmpty }

    /// What the table of a language knows it by: `the field {1} is missing`.
    package var format: String {
        var (text, count) = ("", 0)
        for piece in pieces {
            if case .words(let words) = piece {
                text += words
            } else {
                count += 1
                text += "{\(count)}"
            }
        }
        return text
    }

    /// As it stands in the code: for reports that programs read, and for comparisons.
    package var english: String { text(in: .english) }

    /// In the language that was chosen.
    package var text: String { text(in: .current) }

    /// In a language; in English, if it has no translation.
    package func text(in language: Language) -> String {
        let values = pieces.compactMap { piece -> String? in
            switch piece {
            case .words: nil
            case .value(let value): value
            case .sentence(let inner): inner.text(in: language)
            }
        }
        if let translation = language.translation(of: format) {
            return Translation.filled(translation, with: values)
        }
        var rest = values[...]
        return pieces.map { piece in
            if case .words(let words) = piece { words } else { rest.popFirst() ?? "" }
        }.joined()
    }

    fileprivate mutating func append(_ piece: Piece) {
        guard case .words(let words) = piece, case .words(let before)? = pieces.last else {
            return pieces.append(piece)
        }
        pieces[pieces.count - 1] = .words(before + words)
    }

    /// One sentence of two parts.
    package static func + (first: Sentence, second: Sentence) -> Sentence {
        var both = first
        for piece in second.pieces { both.append(piece) }
        return both
    }
}

extension Sentence: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) {
        if !value.isEmpty { pieces = [.words(value)] }
    }

    package init(stringInterpolation: StringInterpolation) {
        pieces = stringInterpolation.sentence.pieces
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sentence: Sentence = ""

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { sentence.append(.words(literal)) }
        }

        package mutating func appendInterpolation(_ value: some Any) {
            sentence.append(.value("\(value)"))
        }

        package mutating func appendInterpolation(_ inner: Sentence) {
            sentence.append(.sentence(inner))
        }
    }
}

extension Sentence: CustomStringConvertible {
    package var description: String { text }
}

/// Two sentences are the same if they say the same in English.
extension Sentence: Hashable {
    package static func == (first: Sentence, second: Sentence) -> Bool {
        first.english == second.english
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(english) }
}

/// From one process to another with its values, so that the other one can say it in its language.
extension Sentence: Codable {}

/// An error that a person reads.
package struct CourseProblem: Error, CustomStringConvertible {
    package let sentence: Sentence
    package init(_ sentence: Sentence) { self.sentence = sentence }
    package var description: String { sentence.text }
}

/// Prints a sentence.
package func say(_ sentence: Sentence) { print(sentence.text) }
