// `--start N`: begins at a stage, and says what has become of the files. Next:
// ../Runner/StageStart.swift.

import CourseLanguage
import CourseRunner
import Grading

enum StartCommand {
    /// Writes MyChat's files anew.
    static func run(_ stage: Int, in packageFolder: PackageFolder) throws {
        let chapter = "\(Stages.text(of: stage, in: .current))#stage-\(stage)"
        let kept = try StageStart(packageFolder).begin(stage)
        say("Steps/MyChat and Public/mychat are now at the beginning of stage \(stage).")
        if let kept { say("What was there is in \(kept).") }
        say("Look for \"TODO stage \(stage)\", and read \(chapter).")
    }
}
