// The tutorial without its solutions: of each block for MyChat's program the signatures are left.
// Next: AssignmentCommand.swift.

import CourseRunner

extension AssignmentCommand {
    /// The first stage is given in full, so that everybody begins with a program that runs.
    static func withoutSolutions(_ text: String) -> String {
        var result = [StageStart.assignmentMark]
        var block: [String]?
        var isTask = false
        var stage = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("## "), let number = line.firstMatch(of: /[0-9]+/) {
                stage = Int(number.output) ?? stage
            }
            if let lines = block {
                guard line == "```" else {
                    block?.append(line)
                    continue
                }
                result += signatures(lines) + [line]
                (block, isTask) = (nil, false)
            } else if line.hasPrefix("<!-- main.swift: "), stage > 1 {
                // Where the lines go would show lines that are yours to write.
                isTask = true
            } else {
                result.append(line)
                if isTask, line.hasPrefix("```") { block = [] }
            }
        }
        return result.joined(separator: "\n")
    }

    /// Declarations, and the lines that begin and end a block; `…` for what is to be written.
    static func signatures(_ lines: [String]) -> [String] {
        var result: [String] = []
        var depth = 0
        var isType = false
        for line in lines {
            let words = line.drop { $0 == " " }
            let opened = line.count { $0 == "{" }
            let closed = line.count { $0 == "}" }
            let isSignature = opened > closed && depth == 0
            let isEnd = words.hasPrefix("}") && depth + opened - closed == 0
            if depth == 0 { isType = words.hasPrefix("struct ") || words.hasPrefix("enum ") }
            let isDeclaration =
                isType
                || depth == 0
                    && ["import ", "///", "// MARK"].contains {
                        words.hasPrefix($0)
                    }
            if isSignature || isEnd || isDeclaration || words.isEmpty && depth == 0 {
                result.append(line)
            } else if result.last?.hasSuffix("// …") != true {
                result.append(String(line.prefix { $0 == " " }) + "// …")
            }
            depth = max(depth + opened - closed, 0)
        }
        return result
    }
}
