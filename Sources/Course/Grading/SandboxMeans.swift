// What this machine offers to keep programs apart, found by trying. Next: Sandbox.swift.

import CourseLanguage
import EngineSockets
import Foundation

/// The means of this machine.
package struct SandboxMeans: Codable {
    /// From the strongest to the weakest.
    enum Level: String, Codable, CaseIterable {
        /// Own processes, own files, own network.
        case namespaces
        /// Own processes and own files; the network is the machine's.
        case namespacesWithoutNetwork
        /// Another user, and limits.
        case user
        /// Limits only.
        case limits
    }

    let level: Level
    /// Whether the grader may become another user.
    package let isRoot: Bool

    /// Whether a program has a file system of its own.
    package var hasOwnRoot: Bool { level == .namespaces || level == .namespacesWithoutNetwork }

    static let path = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin"
    /// In the environment of each submission, so that it is found again.
    static let mark = "GRADE_SUBMISSION"
    /// What each program sees of the system's folders.
    static let system = ["/usr", "/bin", "/lib", "/lib64", "/etc/alternatives"]

    /// Tries the levels in a folder, the strongest first.
    package static func found(in folder: URL) async -> SandboxMeans {
        let isRoot = getuid() == 0
        for level in Level.allCases where level != .limits && (isRoot || level != .user) {
            let means = SandboxMeans(level: level, isRoot: isRoot)
            if await means.works(in: folder) { return means }
        }
        return SandboxMeans(level: .limits, isRoot: isRoot)
    }

    private func works(in folder: URL) async -> Bool {
        let sandbox = Sandbox(self, root: folder, user: 65_500)
        let command = sandbox.command(["/bin/sh", "-c", "echo works"])
        guard let program = try? Program(worker(command.words), holdsInput: true) else {
            return false
        }
        defer { program.kill() }
        try? await eventually("the end of a trial", within: 10_000) { !program.isRunning }
        return program.lines == ["works"]
    }

    /// The command for a grader of one submission: it shares a network without a way out with the
    /// program, and ends with all that it has started, also when we end.
    package func worker(_ words: [String]) -> SandboxedCommand {
        let namespaces =
            ["unshare"] + (isRoot ? [] : ["--user", "--map-root-user"])
            + (level == .namespaces ? ["--net"] : [])
            + ["--pid", "--fork", "--kill-child", "--mount-proc"]
        let script = (level == .namespaces ? "ip link set lo up || exit\n" : "") + Self.withInput
        return SandboxedCommand(
            words: ["/usr/bin/env"] + (hasOwnRoot ? namespaces : [])
                + ["sh", "-c", script, "sh"] + words,
            environment: [
                "PATH": Self.path, "LANG": "C.UTF-8",
                "TMPDIR": FileManager.default.temporaryDirectory.path,
            ])
    }

    /// Ends the command when standard input ends: then the grader of the class has ended. And
    /// all of the process group when the command ends.
    private static let withInput = """
        exec 3<&0
        { cat <&3 >/dev/null; kill -s KILL -- -$$; } 2>/dev/null &
        "$@" 3<&- </dev/null
        kill -s KILL -- -$$
        """

    /// What is missing, in a line; nil: nothing.
    package var missing: Sentence? {
        let shared: Sentence = "the network is the machine's"
        return switch level {
        case .namespaces: nil
        case .namespacesWithoutNetwork:
            "programs have files and processes of their own, but \(shared) (is `ip` missing?)"
        case .user:
            "no namespaces here: programs run as other users; they can read what all users can "
                + "read, write to /tmp, and \(shared)"
        case .limits:
            "no namespaces and no other users here: programs have limits only, run with your "
                + "rights, may hide and go on running, and \(shared). Do not grade code that you "
                + "do not trust"
        }
    }

    // MARK: - Processes

    struct RunningProcess {
        let id: Int32
        let environment: Data
    }

    /// The processes whose environment we may read; empty where there is no /proc.
    static var processes: [RunningProcess] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { name in
            guard let id = Int32(name),
                let environment = FileManager.default.contents(atPath: "/proc/\(name)/environ")
            else { return nil }
            return RunningProcess(id: id, environment: environment)
        }
    }
}
