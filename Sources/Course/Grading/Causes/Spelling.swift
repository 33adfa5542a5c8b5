// Whether one name is a misspelling of another: another case, other signs, or a few letters.
// In: two names. Out: yes or no. Next: SharedCauses.swift.

import EngineBytes

nonisolated enum Spelling {
    /// Whether the two differ, and are near.
    static func isNear(_ name: String, _ meant: String) -> Bool {
        guard name != meant, name.utf8.count < 100, meant.utf8.count < 100 else { return false }
        if isSameWord(name, meant) { return true }
        let few = min(3, (meant.count + 2) / 4)
        return editDistance(Array(name.lowercased()), Array(meant.lowercased())) <= few
    }

    /// Whether the two differ in case, blanks and signs only: `tooLong`, `too-long`, `too long`.
    static func isSameWord(_ name: String, _ meant: String) -> Bool {
        letters(of: name) == letters(of: meant)
    }

    private static func letters(of name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
