// From a save to a program that runs: MyChat's files are watched, built and started. In: changes of
// two files. Out: the parts `build` and `files`; a program; pages that are loaded again.
// Next: ../Runner/Watcher.swift, ../Runner/Build.swift; ProgramRunner.swift, GradingDesk.swift.

import CourseRunner
import CourseTutorial
import EngineSockets
import Foundation

final class Rebuilder {
    private let workbench: Workbench
    private var watcher: Watcher
    /// The build that is under way, and how it is called off.
    private var current: (task: Task<Void, Never>, end: BuildEnd)?
    private lazy var tutorial = try? workbench.package.tutorial()
    private var isOver = false

    init(_ workbench: Workbench) {
        self.workbench = workbench
        watcher = Watcher(workbench.package.files)
    }

    private var package: PackageFolder { workbench.package }

    /// Builds what is there.
    func begin() {
        showFiles()
        build()
    }

    /// Looks for changes.
    func tick() {
        let changed = watcher.changes()
        guard !changed.isEmpty else { return }
        if changed.contains(package.file(.program)) {
            build()
        } else {
            workbench.reload(.page)
            if workbench.build.state == .built { workbench.desk.gradeAgain() }
        }
        showFiles()
    }

    /// Calls off what is under way, and waits for its end.
    func end() async {
        isOver = true
        current?.end.isWanted = true
        await current?.task.value
    }

    // MARK: - Building

    /// Builds the newest files; a build that is under way is called off.
    private func build() {
        guard !isOver else { return }
        let (before, end) = (current?.task, BuildEnd())
        current?.end.isWanted = true
        workbench.build = BuildPart(state: .building)
        workbench.desk.wait("waits for the build")
        let task = Task {
            // The lock of the build folder is free when the one before has ended.
            await before?.value
            guard !end.isWanted else { return }
            let began = monotonicMilliseconds()
            let result = await Build(of: package, product: workbench.target.name, end: end).run()
            guard !end.isWanted else { return }
            show(result, monotonicMilliseconds() - began)
        }
        current = (task, end)
    }

    private func show(_ result: BuildResult, _ milliseconds: Int) {
        switch result {
        case .built:
            workbench.build = BuildPart(state: .built, milliseconds: milliseconds)
            workbench.runner.start()
            workbench.desk.gradeAgain()
        case .errors(let lines):
            workbench.build = BuildPart(
                state: .errors, milliseconds: milliseconds,
                diagnostics: BuildDiagnostic.all(in: lines),
                advice: CompilerAdvice(tutorial: tutorial).words(for: lines)?.text)
            workbench.desk.wait("waits for a program that compiles")
        case .trouble(let words):
            workbench.build = BuildPart(
                state: .trouble, milliseconds: milliseconds, words: words,
                advice: CompilerAdvice.words(forTrouble: words)?.text)
            workbench.desk.wait("waits for a program that can be built")
        }
    }

    // MARK: - Files

    /// What is in MyChat's files, and beside them.
    func showFiles() {
        let progress = LearnerProgress.load(package)
        let text = { [package] (file: Edit.File) in
            (try? String(contentsOf: package.file(file), encoding: .utf8)) ?? ""
        }
        workbench.files = FilesPart(
            blocks: tutorial.map { CodeBlocks.found(in: text, of: $0) } ?? [:],
            kept: StageStart(package).keptFolders, begun: progress.start,
            reached: progress.reached ?? 0)
    }
}
