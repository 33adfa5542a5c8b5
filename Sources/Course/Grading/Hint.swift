// Help in three steps: a question, where to look, the shape of the code.
// Next: Hints/Stage1Hints.swift and its neighbours.

import CourseLanguage

/// The help for one check.
package nonisolated struct Hint: Sendable {
    /// A question to think about.
    package let question: Sentence
    /// Where the answer is.
    package let place: Sentence
    /// What the code looks like.
    package let shape: Sentence

    init(_ question: Sentence, look place: Sentence, shape: Sentence) {
        self.question = question
        self.place = place
        self.shape = shape
    }

    /// The three, in order.
    package var rungs: [Sentence] { [question, place, shape] }
}

nonisolated extension Check {
    private static let hints: [String: Hint] = [
        stage1Hints(), stage2Hints(), stage3Hints(), stage4Hints(),
        stage5Hints(), stage6Hints(), stage7Hints(), stage8Hints(), stage9Hints(),
        stage10Hints(), stage11Hints(), stage12Hints(),
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    /// The help for it.
    package var hint: Hint? { Self.hints[id] }
}
