// Ends programs when the one that started them has ended, however that ended: a shell knows their
// process groups, and waits for the end of an input that we hold open. (A shell beside each program
// would hold what tells us of the program's end.) In: process groups. Out: nothing is left running.
// Next: Program.swift.

import Foundation

package final class ProcessGuard {
    private let process = Process()
    private let input = Pipe()

    private static let script = """
        groups=
        while read -r sign id; do
            rest=
            for group in $groups; do [ "$group" = "$id" ] || rest="$rest $group"; done
            groups=$rest
            [ "$sign" = + ] && groups="$groups $id"
        done
        for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
        """

    /// Starts the shell.
    package init() throws {
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.script]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        try? input.fileHandleForReading.close()
    }

    /// This group is to end with us.
    func add(_ group: Int32) { write("+ \(group)\n") }
    /// It has ended: its number may get another meaning.
    func remove(_ group: Int32) { write("- \(group)\n") }

    private func write(_ line: String) {
        try? input.fileHandleForWriting.write(contentsOf: Data(line.utf8))
    }
}
