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
case "bench-server":
    let (app, options) = try serveBenchmark(rest)
    app.run(arguments: options)
case "cluster":
    let (app, options) = try serveCluster(rest)
    app.run(arguments: options)
case "cluster-client": run { try await watchNumbers(rest) }
case "bench-serve":
    // As in an async main.
    let (app, options) = try serveBenchmark(rest)
    run { try await app.serve(port: options.first.flatMap(Int.init) ?? 0) }
case "bench-embedded":
    // As an async main is without `serve`: Dispatch turns the loop.
    let (app, options) = try serveBenchmark(rest)
    try app.listen(port: options.first.flatMap(Int.init) ?? 0)
    dispatchMain()
case "slow-server": serveSlowly().run(arguments: rest)
case "rooms": run { try await measureRooms(rest) }
case "client-probe": run { try await probeServer(rest) }
case "redis-probe":
    do { try probeRedis(rest) } catch { App.fail("\(error)") }
case "tutorial-steps": try writeTutorialSteps(rest)
case let mode? where conformanceServers[mode] != nil:
    conformanceServers[mode]?().run(arguments: rest)
default:
    let servers = conformanceServers.keys.sorted() + ["bench-server", "slow-server"]
    App.fail(
        """
        usage: Workshop \(servers.joined(separator: "|")) --port N
               Workshop cluster --redis URL [--streams] [--recovery] --port N
               Workshop cluster-client --url URL [--transport polling|websocket]
               Workshop bench-serve|bench-embedded PORT
               Workshop rooms [SOCKETS ...]
               Workshop client-probe --url URL [--transport polling|websocket] [--restart]
               Workshop redis-probe --url URL [--answer-timeout MS] [--resp2] [--streams]
               Workshop tutorial-steps FOLDER [en|zh-CN]
        """)
}
