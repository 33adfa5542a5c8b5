// Runs the code of others so that it harms nothing. Turns a command into a longer one, with the
// tools of Linux that this machine lets us use: `unshare` for namespaces, `setpriv` for another
// user, `prlimit` for limits. Next: SandboxMeans.swift for what there is; Program.swift.

import EngineSockets
import Foundation

/// A command, and all of its environment.
package struct SandboxedCommand {
    package let words: [String]
    package let environment: [String: String]
}

/// A place for one submission, and what it may use there.
package struct Sandbox {
    package let means: SandboxMeans
    /// An empty folder: the file system that the program sees is mounted on it.
    package let root: URL
    /// The number of a user that has no files, where the grader may change users.
    package let user: Int
    /// What it sees of our files, beside the system's.
    package var reads: [URL] = []
    /// Where it may write, beside a folder /tmp of its own.
    package var writes: [URL] = []
    package var limits = Limits()
    package var environment: [String: String] = [:]

    package init(_ means: SandboxMeans, root: URL, user: Int) {
        self.means = means
        self.root = root
        self.user = user
    }

    /// What a program may use.
    package struct Limits {
        /// CPU seconds of each process.
        package var seconds = 120
        /// Bytes of memory of each process, addresses included.
        package var memory = 2_000_000_000
        /// Bytes in a file, and in what it prints.
        package var file = Recording.limit
        /// Bytes in all files of /tmp.
        package var disk = 67_108_864
        /// Processes and threads.
        package var processes = 128
        /// Open files and connections.
        package var descriptors = 1_024

        package init() {}

        /// For a compiler.
        package static var compiler: Limits {
            var limits = Limits()
            limits.seconds = 60
            limits.memory = 4_000_000_000
            limits.file = 200_000_000
            limits.disk = 1_000_000_000
            return limits
        }
    }

    /// The command that runs these words in the sandbox.
    package func command(_ words: [String]) -> SandboxedCommand {
        switch means.level {
        case .namespaces, .namespacesWithoutNetwork:
            let shown =
                SandboxMeans.system + reads.map(\.path) + writes.map { "+\($0.path)" }
            return made(
                ["unshare", "--pid", "--fork", "--kill-child", "--mount"]
                    + ["--propagation", "private", "sh", "-c", Self.ownRoot, "sh", root.path]
                    + ["\(limits.disk)"] + shown + ["--"] + user(means.isRoot) + limited + words)
        case .user:
            return made(user(true) + limited + words)
        case .limits:
            let script = """
                ulimit -c 0; ulimit -t \(limits.seconds); ulimit -f \(limits.file / 512)
                ulimit -n \(limits.descriptors); ulimit -v \(limits.memory / 1_024) 2>/dev/null
                exec "$0" "$@"
                """
            return made(["sh", "-c", script] + words)
        }
    }

    private func made(_ words: [String]) -> SandboxedCommand {
        var all = ["PATH": SandboxMeans.path, "HOME": "/tmp", "LANG": "C.UTF-8"]
        all[SandboxMeans.mark] = "\(user)"
        return SandboxedCommand(
            words: ["/usr/bin/env"] + words, environment: all.merging(environment) { $1 })
    }

    private func user(_ isOther: Bool) -> [String] {
        let other = ["--reuid=\(user)", "--regid=\(user)", "--clear-groups"]
        return ["setpriv"] + (isOther ? other : [])
            + ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
    }

    private var limited: [String] {
        [
            "prlimit", "--cpu=\(limits.seconds)", "--as=\(limits.memory)", "--core=0",
            "--fsize=\(limits.file)", "--nproc=\(limits.processes)",
            "--nofile=\(limits.descriptors)",
        ]
    }

    /// Makes a small file system of what may be seen, and runs the command in it. The shell is
    /// process 1 of the namespace: when it ends, the system ends all others.
    private static let ownRoot = """
        set -e
        root=$1 size=$2; shift 2
        mount -t tmpfs -o size=$size,mode=755 none "$root"
        while [ "$1" != -- ]; do
            path=${1#+}
            if [ -d "$path" ]; then
                mkdir -p "$root$path"; mount --bind "$path" "$root$path"
                [ "$path" != "$1" ] || mount -o remount,bind,ro "$root$path" 2>/dev/null || true
            fi
            shift
        done
        shift
        mkdir -p "$root/proc" "$root/dev" "$root/tmp"
        mount -t proc none "$root/proc" 2>/dev/null || true
        for file in null zero full random urandom; do
            : > "$root/dev/$file"; mount --bind "/dev/$file" "$root/dev/$file"
        done
        chmod 1777 "$root/tmp"
        echo 1000 > /proc/self/oom_score_adj || true
        cd "$root/tmp"
        set +e
        chroot "$root" env -u TMPDIR -C /tmp "$@"
        exit $?
        """

    /// Ends what may still run of the submission, where no namespace has ended it.
    package func endAll() async {
        switch means.level {
        case .namespaces, .namespacesWithoutNetwork: return
        case .user:
            // To all processes that this user may send a signal to: its own.
            let end = try? Program(made(user(true) + ["sh", "-c", "kill -s KILL -- -1"]))
            _ = try? await end?.end()
        case .limits:
            let mark = Data("\(SandboxMeans.mark)=\(user)\0".utf8)
            for process in SandboxMeans.processes where process.environment.contains(mark) {
                systemKill(process.id)
            }
        }
    }
}
