// One entry of the folder that a teacher has: what of it is graded, or why nothing is. Only plain
// files are read; a link could lead to the files of another. Next: ClassRun.swift.

import CourseLanguage
import CourseRunner
import Foundation

/// What was handed in under one name.
struct Submission {
    let name: String
    let url: URL
    /// The Swift files, and what belongs to the page.
    private(set) var program: [URL] = []
    private(set) var page: [URL] = []
    private var pageFolder: URL
    /// Why it is not graded.
    private(set) var problem: Sentence?

    /// Bytes in a file, and files in an entry. The course needs a hundredth of both.
    private static let limits = (bytes: 1_000_000, files: 200)
    private static let pageTypes: Set<String> = ["html", "js", "css", "svg", "png", "jpg", "ico"]

    /// All entries of a folder, in order. Nothing is left out but what a Mac adds by itself.
    static func all(in folder: URL) -> [Submission] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0 != ".DS_Store" && $0 != "__MACOSX" }.sorted()
            .map { Submission($0, folder.appending(path: $0)) }
    }

    private init(_ name: String, _ url: URL) {
        self.name = name
        self.url = url
        pageFolder = url
        switch Self.type(of: url) {
        case .typeDirectory: problem = collect()
        case .typeSymbolicLink: problem = "a link is not followed: hand in the folder itself"
        case .typeRegular:
            let archives = ["zip", "gz", "tar", "tgz", "7z", "rar", "xz", "bz2"]
            problem =
                archives.contains(url.pathExtension.lowercased())
                ? "an archive: unpack it into a folder"
                : "a file: it belongs into a folder, as main.swift"
        case nil:
            let isOdd = name.contains("\u{FFFD}")
            problem = isOdd ? "it cannot be read: its name is not UTF-8" : "it cannot be read"
        default: problem = "neither a folder nor a file"
        }
    }

    private static func type(of url: URL) -> FileAttributeType? {
        (try? FileManager.default.attributesOfItem(atPath: url.path))?[.type] as? FileAttributeType
    }

    /// The file that makes it a program: in its folder, or where it is in a clone of this package.
    var main: URL? { program.first { $0.lastPathComponent == "main.swift" } }

    /// The page itself.
    var html: URL? { page.first { $0.lastPathComponent == "index.html" } }

    /// Finds the files; returns what is wrong with them.
    private mutating func collect() -> Sentence? {
        let clone = url.appending(path: "Steps/MyChat")
        let isClone = Self.type(of: clone) == .typeDirectory
        var links: [String] = []
        if isClone { pageFolder = url.appending(path: "Public/mychat") }
        let places = isClone ? [clone, pageFolder] : [url]
        for place in places {
            for file in Self.files(in: place, isDeep: isClone, &links) {
                let type = file.pathExtension.lowercased()
                if type == "swift", file.lastPathComponent != "Package.swift" {
                    program.append(file)
                } else if Self.pageTypes.contains(type) {
                    page.append(file)
                }
            }
        }
        if let link = links.first(where: { $0 == "main.swift" || $0 == "index.html" }) {
            return "\(link) is a link, and links are not followed"
        }
        guard let main else { return "there is no main.swift" }
        guard (program + page).allSatisfy({ Self.size(of: $0) <= Self.limits.bytes }) else {
            return "a file has more than \(Self.limits.bytes) bytes"
        }
        guard (try? String(contentsOf: main, encoding: .utf8)) != nil else {
            return "main.swift is not UTF-8, or cannot be read"
        }
        return nil
    }

    /// The plain files of a folder; of those below it too if it is deep.
    private static func files(in folder: URL, isDeep: Bool, _ links: inout [String]) -> [URL] {
        var result: [URL] = []
        var open = [folder]
        var seen = 0
        while let next = open.popLast(), seen < limits.files {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: next.path)) ?? []
            for name in names.sorted() where !name.hasPrefix(".") && seen < limits.files {
                seen += 1
                let url = next.appending(path: name)
                switch type(of: url) {
                case .typeDirectory where isDeep: open.append(url)
                case .typeRegular: result.append(url)
                case .typeSymbolicLink: links.append(name)
                default: break
                }
            }
        }
        return result
    }

    private static func size(of url: URL) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? .max
    }

    /// Copies the files to where they are built and served.
    func copy(to folder: URL) throws -> [URL] {
        for file in page {
            let path = file.path.dropFirst(pageFolder.path.count + 1)
            try Self.copy(file, to: folder.appending(path: "Public/mychat/\(path)"))
        }
        return try program.enumerated().map { number, file in
            // The compiler wants every name once.
            let name = file.lastPathComponent
            let isFirst = program.firstIndex { $0.lastPathComponent == name } == number
            let target = folder.appending(path: "source/\(isFirst ? "" : "\(number)-")\(name)")
            try Self.copy(file, to: target)
            return target
        }
    }

    private static func copy(_ file: URL, to target: URL) throws {
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(contentsOf: file).write(to: target)
    }

    /// What `grade` has noted in the learner's folder, where it was handed in.
    var progress: LearnerProgress {
        let places = ["Steps/MyChat/.progress.json", ".progress.json"]
        for place in places.map({ url.appending(path: $0) })
        where Self.type(of: place) == .typeRegular && Self.size(of: place) < Self.limits.bytes {
            if let data = try? Data(contentsOf: place),
                let progress = try? JSONDecoder().decode(LearnerProgress.self, from: data)
            {
                return progress
            }
        }
        return LearnerProgress()
    }
}
