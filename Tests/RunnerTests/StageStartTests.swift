// To begin at a stage, and to bring back what was kept, in a folder that looks like the package.
// Next: ../../Sources/Course/Runner/StageStart.swift.

import CourseRunner
import CourseTutorial
import Foundation
import Testing

@Suite("Begin and restore")
struct StageStartTests {
    private final class Home {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let package: PackageFolder
        var start: StageStart { StageStart(package) }

        init(tutorial: String? = nil) throws {
            let manager = FileManager.default
            for folder in ["Steps/MyChat", "Public/mychat"] {
                try manager.createDirectory(
                    at: root.appending(path: folder), withIntermediateDirectories: true)
            }
            let real = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../TUTORIAL.md")
            let text = try tutorial ?? String(contentsOf: real, encoding: .utf8)
            try Data(text.utf8).write(to: root.appending(path: "TUTORIAL.md"))
            package = PackageFolder(root: root, program: root.appending(path: "elsewhere/course"))
        }

        deinit { try? FileManager.default.removeItem(at: root) }

        func write(_ file: Edit.File, _ text: String) throws {
            try Data(text.utf8).write(to: package.file(file))
        }

        func text(_ file: Edit.File) throws -> String {
            try String(contentsOf: package.file(file), encoding: .utf8)
        }
    }

    @Test("what was there is kept, and comes back; what was there then is kept as well")
    func restore() throws {
        let home = try Home()
        #expect(try home.start.begin(2) == nil)
        try home.write(.program, "mine\n")
        #expect(try home.start.begin(3) == "Steps/MyChat-1")
        let begun = try home.text(.program)
        #expect(begun.contains("TODO stage 3"))
        #expect(LearnerProgress.load(home.package).reached == 2)

        #expect(try home.start.restore("Steps/MyChat-1") == "Steps/MyChat-2")
        #expect(try home.text(.program) == "mine\n")
        #expect(home.start.keptFolders == ["Steps/MyChat-1", "Steps/MyChat-2"])
        let progress = LearnerProgress.load(home.package)
        #expect(progress.reached == nil, "how far it is has to be found out anew")
        #expect(progress.start == 3)

        #expect(try home.start.restore("Steps/MyChat-2") == "Steps/MyChat-3")
        #expect(try home.text(.program) == begun)
    }

    @Test("a file that was not kept stays as it is")
    func partly() throws {
        let home = try Home()
        try home.write(.program, "1")
        #expect(try home.start.begin(1) == "Steps/MyChat-1")
        let page = try home.text(.page)
        _ = try home.start.restore("Steps/MyChat-1")
        #expect(try home.text(.page) == page)
        #expect(try home.text(.program) == "1")
    }

    @Test(
        "what is no kept folder is refused",
        arguments: ["Steps/MyChat", "Steps/MyChat-9", "../x", "", "Steps/MyChat-1/../MyChat-1"])
    func refused(folder: String) throws {
        let home = try Home()
        try home.write(.program, "1")
        _ = try home.start.begin(1)
        #expect(throws: (any Error).self) { try home.start.restore(folder) }
        #expect(home.start.keptFolders == ["Steps/MyChat-1"])
    }

    @Test("an edition without solutions can begin at stage 1 only")
    func assignment() throws {
        let real = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../TUTORIAL.md")
        let text = try String(contentsOf: real, encoding: .utf8)
        let home = try Home(tutorial: "\(StageStart.assignmentMark)\n\(text)")
        try home.write(.program, "1")
        #expect(throws: (any Error).self) { try home.start.begin(2) }
        #expect(try home.text(.program) == "1")
        #expect(try home.start.begin(1) != nil)
    }
}
