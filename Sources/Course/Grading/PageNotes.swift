// What a learner may have forgotten in the page. Checks judge the server; this is a note only.
// In: the page's text and a stage. Out: a sentence, or nothing. Next: Markup.swift.

import CourseLanguage

package enum PageNotes {
    /// The events that a page needs, by the stage in which they are new.
    private static let events: [(stage: Int, names: [String])] = [
        (3, ["chat message"]), (4, ["user joined", "user left"]), (5, ["set nickname"]),
        (6, ["typing"]), (7, ["online"]), (8, ["private message"]),
    ]

    /// Which of them it never mentions.
    package static func missing(in page: String, at stage: Int) -> Sentence? {
        guard Stages.course.contains(stage) else { return nil }
        let markup = Markup(page)
        let names = events.filter { $0.stage <= stage }.flatMap(\.names)
            .filter { !markup.names($0) }
        guard !names.isEmpty else { return nil }
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        return
            "Your page never mentions \(list), and the stage needs it. Look at it in the browser."
    }
}
