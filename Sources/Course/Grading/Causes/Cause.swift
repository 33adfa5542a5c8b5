// A likely cause: a rule that looks at what was seen, and finds a sentence or does not.
// In: evidence. Out: the sentence that a red line ends with.
// Next: Evidence.swift; SharedCauses.swift; Stage1Causes.swift and its neighbours.

import CourseLanguage

/// A rule. It returns a sentence where it holds.
nonisolated struct Cause: Sendable {
    let find: @MainActor @Sendable (Evidence) -> Sentence?

    init(_ find: @escaping @MainActor @Sendable (Evidence) -> Sentence?) { self.find = find }

    /// A sentence that holds under a condition.
    init(_ sentence: Sentence, if holds: @escaping @MainActor @Sendable (Evidence) -> Bool) {
        find = { holds($0) ? sentence : nil }
    }
}

nonisolated extension Check {
    private static let causes: [String: [Cause]] = [
        stage1Causes(), stage3Causes(), stage4Causes(), stage5Causes(),
        stage5CornerCauses(), stage6Causes(), stage7Causes(), stage8Causes(), stage9Causes(),
        stage10Causes(), stage11Causes(), stage12Causes(),
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    /// The checks that have rules.
    static var idsWithRules: Set<String> { Set(causes.keys) }

    /// The rules that are its own.
    var causes: [Cause] { Self.causes[id] ?? [] }
}

extension Check {
    /// The likely cause of a failure: the first rule that holds. What the server itself says comes
    /// first, then the check's own rules, then what the events show, then the check's sentence.
    func likelyCause(_ evidence: Evidence) -> Sentence {
        if let known = evidence.failure.cause { return known }
        guard let step = evidence.failure.step, step != id else { return ownCause(evidence) }
        let about = Check.all.first { $0.id == step }?.successor(at: evidence.stage)
        guard let about, about.id != id else { return ownCause(evidence) }
        return "\(about.ownCause(evidence)) (a step before this check's own business: \(about.id))"
    }

    private func ownCause(_ evidence: Evidence) -> Sentence {
        let rules =
            isBonus
            ? SharedCauses.bonus + causes : SharedCauses.certain + causes + SharedCauses.likely
        for rule in rules {
            if let sentence = rule.find(evidence) { return sentence }
        }
        return cause
    }
}
