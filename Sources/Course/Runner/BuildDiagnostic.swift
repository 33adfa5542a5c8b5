// One error of the compiler, in parts. In: the lines that Build.swift finds. Out: a file, a line, a
// column, a message, and the source lines below it. Next: CompilerAdvice.swift.

/// An error in a file of the learner's.
package nonisolated struct BuildDiagnostic: Codable, Equatable {
    /// From the package's folder: `Steps/MyChat/main.swift`.
    package let file: String
    /// Both begin with 1.
    package let line: Int
    package let column: Int
    package let message: String
    /// The source lines that the compiler shows, and its notes about them.
    package var lines: [String] = []

    /// `Steps/MyChat/main.swift:5:1: error: …`
    private init?(_ text: String) {
        guard let match = text.wholeMatch(of: /([^:]+):(\d+):(\d+): error: (.*)/),
            let line = Int(match.output.2), let column = Int(match.output.3)
        else { return nil }
        (file, self.line, self.column) = (String(match.output.1), line, column)
        message = String(match.output.4)
    }

    /// The errors in the compiler's lines. A note belongs to the error above it.
    package static func all(in lines: [String]) -> [BuildDiagnostic] {
        var result: [BuildDiagnostic] = []
        for line in lines {
            if let found = BuildDiagnostic(line) {
                result.append(found)
            } else if !result.isEmpty {
                result[result.count - 1].lines.append(line)
            }
        }
        return result
    }
}
