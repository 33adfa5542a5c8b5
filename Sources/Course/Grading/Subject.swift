// The program under test, before it runs: an executable or a command, and how it is started.
// In: times of the heartbeat. Out: a running program. Next: Program.swift.

import EngineSockets
import Foundation

/// How the program under test is started.
package enum Subject {
    /// A program that takes our options: `--port 0`. In a sandbox where its author is not known.
    case executable(URL, sandbox: Sandbox? = nil)
    /// A command of any kind; `{port}`, `{pingInterval}` and `{pingTimeout}` are filled in.
    case command(String)

    /// Whether it can be started with pings that come soon.
    var canHaveShortHeartbeat: Bool {
        switch self {
        case .executable: true
        case .command(let text): text.contains("{pingInterval}") && text.contains("{pingTimeout}")
        }
    }

    /// Whether it may have an engine that is not ours, so that what an engine does counts.
    package var mayHaveOwnEngine: Bool {
        switch self {
        case .executable: false
        case .command: true
        }
    }
}

extension Subject {
    /// Starts the program. It may not listen yet. `surroundings`: what it is given beside its
    /// options, for the stages that store something.
    package func launch(
        _ heartbeat: (interval: Int, timeout: Int)? = nil, _ surroundings: Surroundings? = nil
    ) throws -> Program {
        let given = surroundings?.environment ?? [:]
        switch self {
        case .executable(let url, let sandbox):
            guard FileManager.default.isExecutableFile(atPath: url.path) else {
                let name = url.lastPathComponent
                throw Failure(
                    expected: "a program at \(url.path)",
                    arrived: "nothing there; to build it: swift build --product \(name)")
            }
            let options = ["--port", "0"] + Program.options(heartbeat)
            guard var sandbox else { return try Program(url, options, environment: given) }
            sandbox.environment.merge(given) { $1 }
            if let surroundings { sandbox.writes.append(surroundings.folder) }
            return try Program(sandbox.command([url.path] + options))
        case .command(let command):
            let port = try Self.freePort()
            let text = command.replacingOccurrences(of: "{port}", with: "\(port)")
                .replacingOccurrences(
                    of: "{pingInterval}", with: "\(heartbeat?.interval ?? 25_000)"
                )
                .replacingOccurrences(of: "{pingTimeout}", with: "\(heartbeat?.timeout ?? 20_000)")
            let started = try Program(
                URL(filePath: "/bin/sh"), ["-c", "exec \(text)"], environment: given)
            started.expectPort(port)
            return started
        }
    }

    /// A port of 127.0.0.1 that is free at the moment. It is below those that systems give to
    /// outgoing connections (Linux: from 32768, macOS: from 49152): such a connection could take
    /// the port before the program listens there.
    static func freePort() throws -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 20_000..<32_768)
            let address = try SocketAddress.resolve("127.0.0.1", port: port)[0]
            guard let listener = try? TCPListener(on: address, accepted: { $0.abort() }) else {
                continue
            }
            listener.close()
            return port
        }
        throw Failure(
            expected: "a free port for the program",
            arrived: "a hundred of 20000 to 32767 are taken")
    }
}
