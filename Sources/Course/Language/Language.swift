// The language in which the course's commands speak, chosen once at the start: by `--lang`, or by
// the environment where a person sits at a terminal. In: words and variables. Out: a language.
// Next: Sentence.swift, Translation.swift, NextCommand.swift.

import Synchronization

/// A language.
package enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case chinese = "zh-CN"

    private static let chosen = Mutex((current: Language.english, asked: Language?.none))

    /// The language that was chosen; English until then.
    package static var current: Language {
        get { chosen.withLock { $0.current } }
        set { chosen.withLock { $0.current = newValue } }
    }

    /// The language that `--lang` asked for. Nil: the one of the terminal, and none in files.
    package static var asked: Language? { chosen.withLock { $0.asked } }

    /// As `--lang` takes it.
    package var word: String { self == .chinese ? "zh" : "en" }

    /// By its name: `en`, `zh`, `zh-CN`, `zh_CN.UTF-8`. Nil: there are no words in it.
    package init?(named name: String) {
        let word = name.lowercased().prefix { $0.isLetter }
        switch word {
        case "en", "c", "posix": self = .english
        case "zh": self = .chinese
        default: return nil
        }
    }

    /// The language of the environment: the first of LC_ALL, LC_MESSAGES and LANG that is set. It
    /// counts where a person reads, at a terminal. What goes into a file or a pipe is English,
    /// whatever machine it comes from; `--lang` changes that.
    package static func ofEnvironment(
        _ environment: [String: String], isTerminal: Bool
    ) -> Language {
        guard isTerminal else { return .english }
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }
            .first { !$0.isEmpty }
        return set.flatMap(Language.init(named:)) ?? .english
    }

    /// Takes `--lang NAME` out of the words of a command, and chooses the language. The last one
    /// counts. Throws the name of an unknown one.
    package static func choose(
        from words: inout [String], environment: [String: String], isTerminal: Bool
    ) throws(UnknownLanguage) {
        var asked: Language?
        current = ofEnvironment(environment, isTerminal: isTerminal)
        while let index = words.firstIndex(of: "--lang") {
            let name = index + 1 < words.count ? words[index + 1] : ""
            guard let language = Language(named: name) else { throw UnknownLanguage(name: name) }
            words.removeSubrange(index...(index + 1))
            asked = language
        }
        let (fallback, wish) = (current, asked)
        chosen.withLock { $0 = (wish ?? fallback, wish) }
    }

    /// The format of a sentence in this language; nil where it is the English one.
    package func translation(of format: String) -> String? {
        switch self {
        case .english: nil
        case .chinese: Translation.chinese.formats[Translation.key(format)]
        }
    }
}

/// `--lang` names a language that the course does not speak.
package struct UnknownLanguage: Error {
    let name: String

    /// What is wrong, and what is right.
    package var sentence: Sentence {
        "--lang needs a language, and \"\(name)\" is none of them: en, or zh"
    }
}
