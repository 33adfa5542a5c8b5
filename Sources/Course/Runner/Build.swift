// Builds a program, and finds the errors of the learner's files in the compiler's output.
// In: a package, a product. Out: nothing, or diagnostics. Next: CompilerAdvice.swift.

import Foundation
import Grading

/// The result of a build.
package enum BuildResult {
    case built
    /// The learner's errors, in the compiler's words.
    case errors([String])
    /// Something else is wrong: the last lines of the output.
    case trouble(String)
}

/// Calls a build off.
package final class BuildEnd {
    package var isWanted = false
    package init() {}
}

package struct Build {
    private let package: URL
    private let scratch: URL
    private let configuration: String
    private let product: String
    /// The folder with the learner's files.
    private let folder: URL
    /// The folder's name in what is shown.
    private let shownFolder: String
    /// Milliseconds that it may take.
    private static let time = 600_000
    /// Milliseconds in which a build that is called off can end what it has started.
    private static let timeToEnd = 500
    private let end: BuildEnd

    /// A build of a product whose own files are in a folder, as it is seen from the package.
    package init(
        of package: PackageFolder, product: String, files shownFolder: String = "Steps/MyChat/",
        end: BuildEnd = BuildEnd()
    ) {
        (self.package, scratch) = (package.root, package.scratch)
        (configuration, self.product) = (package.configuration, product)
        folder = package.root.appending(path: shownFolder)
        self.shownFolder = shownFolder
        self.end = end
    }

    package func run() async -> BuildResult {
        let result = await build()
        guard case .built = result, isOutdated, !end.isWanted else { return result }
        // A file that is saved within a moment after a build can be overlooked by the next one.
        try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: main.path)
        return await build()
    }

    private var main: URL { folder.appending(path: "main.swift") }

    /// Whether the source is newer than what was compiled from it.
    private var isOutdated: Bool {
        let object = scratch.appending(path: "\(configuration)/\(product).build/main.swift.o")
        let dates = [main, object].map {
            let attributes = try? FileManager.default.attributesOfItem(atPath: $0.path)
            return attributes?[.modificationDate] as? Date
        }
        guard let source = dates[0], let compiled = dates[1] else { return false }
        return source > compiled
    }

    private func build() async -> BuildResult {
        let words = [
            "swift", "build", "--package-path", package.path, "--scratch-path", scratch.path,
            "-c", configuration, "--product", product,
        ]
        do {
            let swift = try Program(URL(filePath: "/usr/bin/env"), words)
            defer { swift.kill() }
            try await eventually("the end of the build", within: Self.time) {
                !swift.isRunning || end.isWanted
            }
            if end.isWanted {
                // What it has started is in groups of its own, which it ends itself.
                _ = try? await swift.interrupt(within: Self.timeToEnd)
                return .trouble("called off")
            }
            if swift.exitStatus == 0 { return .built }
            let output = (swift.text + swift.errorText).split(
                separator: "\n", omittingEmptySubsequences: false
            ).map(String.init)
            let errors = Self.errors(output, in: folder, shownAs: shownFolder)
            return errors.isEmpty
                ? .trouble(output.suffix(15).joined(separator: "\n")) : .errors(errors)
        } catch {
            return .trouble("\(error)")
        }
    }

    /// The errors in files of a folder, with the lines that the compiler shows below them.
    package static func errors(
        _ lines: [String], in folder: URL, shownAs shown: String
    ) -> [String] {
        let path = folder.path
        let prefix = path.hasSuffix("/") ? path : path + "/"
        var seen: Set<String> = []
        var result: [String] = []
        var isShown = false
        for line in lines {
            if let kind = kind(of: line) {
                isShown = line.hasPrefix(prefix) && kind != "warning" && seen.insert(line).inserted
                if isShown {
                    result.append(shown + line.dropFirst(prefix.count))
                }
            } else if line.isEmpty || line.hasPrefix("[") || line.hasPrefix("error:") {
                isShown = false
            } else if isShown {
                result.append(line)
            }
        }
        return withoutConsequences(result)
    }

    /// After a brace too few or too many the compiler misunderstands the rest: only the first error
    /// is shown then.
    private static func withoutConsequences(_ lines: [String]) -> [String] {
        let isBrace = { (line: String) in
            line.contains("error: extraneous '}'") || line.contains("error: expected '}'")
        }
        guard let start = lines.firstIndex(where: isBrace) else { return lines }
        let rest = lines[(start + 1)...]
        let end = rest.firstIndex { $0.contains(": error: ") } ?? lines.endIndex
        return Array(lines[start..<end])
    }

    /// `/path/main.swift:5:1: error: …`
    private static func kind(of line: String) -> String? {
        guard line.hasPrefix("/") else { return nil }
        return ["error", "warning", "note"].first { line.contains(": \($0): ") }
    }
}
