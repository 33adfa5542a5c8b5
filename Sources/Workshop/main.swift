// Servers and clients for tests and measurements, a mode for each: `Workshop MODE [options]`.

import Engine
import Foundation

/// Runs asynchronous work. An `await` at the top level would make main.swift asynchronous; the
/// servers' `run()` needs the main thread.
func run(_ work: @escaping () async throws -> Void) -> Never {
    Task {
        do { try await work() } catch { App.fail("\(error)") }
        exit(0)
    }
    dispatchMain()
}

let words = Array(CommandLine.arguments.dropFirst())
let rest = Array(words.dropFirst())

switch words.first {
case "bench-server": serveBenchmark().run(arguments: rest)
case "rooms": run { try await measureRooms(rest) }
case "client-probe": run { try await probeServer(rest) }
case "tutorial-steps": try writeTutorialSteps(rest)
case let mode? where conformanceServers[mode] != nil:
    conformanceServers[mode]?().run(arguments: rest)
default:
    let servers = conformanceServers.keys.sorted() + ["bench-server"]
    App.fail(
        """
        usage: Workshop \(servers.joined(separator: "|")) --port N
               Workshop rooms [SOCKETS ...]
               Workshop client-probe --url URL [--transport polling|websocket] [--restart]
               Workshop tutorial-steps FOLDER
        """)
}
