// Which stages there are. The course has eight, worth 100 points; what comes after them is a bonus:
// each of those is a program of its own, and its points are shown apart.
// Next: Check.swift, Bonus/Surroundings.swift.

import CourseLanguage

/// The numbers of the stages.
package nonisolated enum Stages {
    package static let course = 1...8
    package static let bonus = 9...12
    package static let all = 1...12

    /// The page of text that a stage's chapter is in.
    package static func text(of stage: Int, in language: Language = .english) -> String {
        let name = bonus.contains(stage) ? "TUTORIAL-2" : "TUTORIAL"
        return language == .english ? "\(name).md" : "\(name).\(language.rawValue).md"
    }
}
