// Grades a class: each entry of a folder in a process and a sandbox of its own, two or more at a
// time. In: a folder. Out: a table, with a row for every entry, written after each.
// Next: Submission.swift, ClassWorker.swift, ClassTable.swift.

import CourseLanguage
import CourseRunner
import CourseTutorial
import EngineSockets
import Foundation
import Grading

final class ClassRun {
    private let packageFolder: PackageFolder
    private let options: Options
    private let table: ClassTable
    private let gradebook: ClassTable
    private var reports: ClassReports?
    private var submissions: [Submission] = []
    private var rows: [ClassRow] = []
    /// The number of the entry that is graded next.
    private var following = 0
    private var couldNotWrite: String?
    /// The digests of what judges.
    private lazy var provenance = packageFolder.provenance([], progress: LearnerProgress())

    /// Milliseconds after the time of a submission until its grader is ended.
    private static let grace = 20_000

    init(packageFolder: PackageFolder, options: Options) {
        self.packageFolder = packageFolder
        self.options = options
        let seed = options.seed
        table = ClassTable(file: options.csv.map { URL(filePath: $0) }, hasMark: options.hasMark) {
            $0.cells(seed: seed, in: Language.asked ?? .english)
        }
        gradebook = ClassTable(
            file: options.gradebook.map { URL(filePath: $0) }, hasMark: options.hasMark
        ) { $0.gradebook }
    }

    /// 0: the table is written, whatever is in it; 4: this machine could not grade some.
    func run(_ path: String) async -> Int32 {
        guard FileManager.default.fileExists(atPath: path) else {
            fail("there is no folder \(path)", hasUsage: false)
        }
        submissions = Submission.all(in: URL(filePath: path))
        rows = submissions.map { ClassRow(name: $0.name) }
        guard submissions.contains(where: { $0.main != nil }) else {
            fail("no folder in \(path) has a main.swift", hasUsage: false)
        }
        do {
            reports = try options.reports.map { try ClassReports($0) }
            try writeTables()
        } catch {
            fail("the table could not be written: \(fileProblem(error))", hasUsage: false)
        }
        do {
            let folder = try Self.folder()
            defer { try? FileManager.default.removeItem(at: folder) }
            try await grade(in: folder)
        } catch {
            fail(Sentence(verbatim: fileProblem(error)), hasUsage: false)
        }
        if table.file == nil || couldNotWrite != nil {
            print("\n" + table.text(rows), terminator: "")
        }
        if let couldNotWrite {
            let problem: Sentence = "the table could not be written: \(couldNotWrite)"
            printError(problem.text)
        }
        let hasTrouble = couldNotWrite != nil || rows.contains { $0.hasTrouble }
        return hasTrouble ? 4 : 0
    }

    /// A new folder for this run, which other users may pass through, and not list.
    private static func folder() throws -> URL {
        let process = ProcessInfo.processInfo.processIdentifier
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "grade-class-\(process)-\(UUID().uuidString)")
        try make(folder)
        return folder
    }

    private static func make(_ folder: URL, owner: Int? = nil, isOpen: Bool = false) throws {
        var attributes: [FileAttributeKey: Any] = [.posixPermissions: isOpen ? 0o755 : 0o711]
        if let owner { attributes[.ownerAccountID] = owner }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.setAttributes(attributes, ofItemAtPath: folder.path)
    }

    // MARK: - All

    private func grade(in folder: URL) async throws {
        compare()
        let trial = folder.appending(path: "trial")
        try Self.make(trial)
        let means = await SandboxMeans.found(in: trial)
        if let missing = means.missing { say("Note: \(missing).") }
        say("Building the engine once …")
        let place = folder.appending(path: "kit")
        try Self.make(place, isOpen: true)
        let kit = try await EngineKit(of: packageFolder, in: place)
        let first = user(-1)
        try Self.make(kit.cache, owner: means.isRoot ? first : nil, isOpen: true)
        try await kit.warmUp(in: Sandbox(means, root: trial, user: first))
        let count = min(max(ProcessInfo.processInfo.activeProcessorCount, 1), 8)
        let lanes = (0..<count).map { _ in Task { await lane(kit, means, folder) } }
        for lane in lanes { await lane.value }
    }

    /// Finds what the programs have in common, which can be told before any of them runs.
    private func compare() {
        let likenesses = Likenesses(submissions, course: packageFolder.courseTexts())
        for number in rows.indices {
            rows[number].given = likenesses.fromCourse(number)
            rows[number].similar = likenesses.others(number)
                .map { "\(rows[$0.number].name) \($0.percent) %" }.joined(separator: ", ")
        }
    }

    /// Grades one entry after the other, until none is left.
    private func lane(_ kit: EngineKit, _ means: SandboxMeans, _ folder: URL) async {
        while following < submissions.count {
            let number = following
            following += 1
            let place = folder.appending(path: "\(number + 1)")
            do {
                try await grade(number, kit, means, place)
            } catch {
                rows[number].note = (error as? Missing)?.sentence ?? "\(error)"
                rows[number].hasTrouble = true
            }
            try? FileManager.default.removeItem(at: place)
            print(CheckContext.visible(rows[number].line))
            do {
                try reports?.write(rows[number], number: number, seed: options.seed)
                try writeTables()
                couldNotWrite = nil
            } catch {
                couldNotWrite = fileProblem(error)
            }
        }
    }

    private func writeTables() throws {
        try table.write(rows)
        try gradebook.write(rows)
        try reports?.writeList(rows, seed: options.seed)
    }

    /// A user without files, another for each entry and each run.
    private func user(_ number: Int) -> Int {
        let process = Int(ProcessInfo.processInfo.processIdentifier)
        return 61_200 + (process * 97 + number + 1) % 4_000
    }

    // MARK: - One

    private func grade(
        _ number: Int, _ kit: EngineKit, _ means: SandboxMeans, _ folder: URL
    ) async throws {
        let submission = submissions[number]
        if let problem = submission.problem {
            rows[number].note = problem
            return
        }
        let job = try job(number, kit, means, folder)
        let grader = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        let command = means.worker([grader.path, "--worker", job.file.path])
        let worker = try Program(command, holdsInput: true)
        let limit = ClassJob.compileTime + ClassJob.time + Self.grace
        try? await eventually("its end", within: limit) { !worker.isRunning }
        let hasEnded = !worker.isRunning
        worker.kill()
        await job.sandbox().endAll()
        guard var result = ClassResult.read(job.resultFile) else {
            throw Missing(description: "its grader left no result \(worker.errorText)")
        }
        if result.state != .done {
            guard !hasEnded else {
                throw Missing(description: "its grader has ended early \(worker.errorText)")
            }
            result.isOutOfTime = true
        }
        if let trouble = result.trouble { throw Missing(description: trouble) }
        rows[number].take(result, of: submission, seed: options.seed, part: options.part)
        var provenance = provenance
        provenance.submission = PackageFolder.digest(submission.program + submission.page)
        provenance.hints = submission.progress.hints
        provenance.start = submission.progress.start
        rows[number].report?.provenance = provenance
    }

    /// The folder for an entry, with all that its grader needs.
    private func job(
        _ number: Int, _ kit: EngineKit, _ means: SandboxMeans, _ folder: URL
    ) throws -> ClassJob {
        let user = user(number)
        try Self.make(folder)
        try Self.make(folder.appending(path: "root"))
        let pages = folder.appending(path: "Public")
        try FileManager.default.copyItem(
            at: packageFolder.root.appending(path: "Public"), to: pages)
        // The page of the learner whose clone this is belongs to no other.
        try FileManager.default.removeItem(at: pages.appending(path: "mychat"))
        let files = try submissions[number].copy(to: folder)
        let job = ClassJob(
            folder: folder, files: files, kit: kit, means: means, user: user, seed: options.seed,
            stage: options.stage, part: options.part)
        try Self.make(job.out, owner: means.isRoot ? user : nil, isOpen: true)
        try job.write()
        return job
    }
}
