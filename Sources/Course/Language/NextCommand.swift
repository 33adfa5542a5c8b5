// A command that a person runs next. In: its words. Out: the whole line, in which `--lang` is asked
// for again if it was given now: otherwise the next answer would be in another language.
// Next: Language.swift.

/// `swift run grade --hint 5.3`, or `swift run grade --hint 5.3 --lang zh`.
package func nextGrade(_ words: String, asked: Language? = Language.asked) -> String {
    "swift run grade \(words)" + (asked.map { " --lang \($0.word)" } ?? "")
}
