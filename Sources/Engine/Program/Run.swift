// `app.run()`: the last line of every stage. In: the command line. Out: a program that serves
// until it is told to end, and says so in plain words when it cannot begin. Next: Listening.swift.

import Foundation
import EngineSockets

extension App {
    /// Listens, says where, and serves until SIGINT or SIGTERM; then it closes in order and the
    /// program ends with status 0. Options: `--port`, `--host`, `--allowed-host`,
    /// `--ping-interval`, `--ping-timeout`. It throws nothing, since it never returns: a taken port
    /// is one line on standard error and status 1, a wrong option status 2.
    public func run(
        arguments: [String] = Array(CommandLine.arguments.dropFirst())
    ) -> Never {
        if arguments.contains("--help") || arguments.contains("-h") {
            print(LaunchOptions.usage + moreUsage)
            exitProcess(0)
        }
        let options: LaunchOptions
        do {
            options = try LaunchOptions(arguments: arguments, takes: takes)
        } catch {
            App.fail("\(error)\n\(LaunchOptions.usage)\(moreUsage)")
        }
        do {
            try start(options)
        } catch {
            printError("\(error)")
            exitProcess(1)
        }
        EventLoop.shared.run()
    }

    /// Ends the program with a sentence on standard error, and status 2: it was called wrongly.
    public static func fail(_ sentence: String) -> Never {
        printError(sentence)
        exitProcess(2)
    }

    private func start(_ options: LaunchOptions) throws {
        // Behind a top-level `await` the main thread belongs to Swift's tasks, and cannot be had.
        guard Thread.isMainThread else {
            throw Problem(
                "app.run() has to be called on the main thread: move it, and what it needs, in "
                    + "front of the first top-level await, or put the await into a Task { }.")
        }
        for (_, service) in services { service.apply(options) }
        try hearSignals()
        do {
            let port = try listen(port: options.port, host: options.host)
            print("listening on http://\(name(of: options.host)):\(port)")
            listens(on: options.host)
        } catch let error as SystemError where error.isAddressInUse {
            throw Problem(
                "port \(options.port) is taken: another program listens there, perhaps an earlier "
                    + "run of this one. End it, or choose another port with --port N.")
        }
    }

    /// What to type into a browser. An address that stands for all of them can't be opened.
    private func name(of host: String?) -> String {
        guard let host, listeners.first?.address.isWildcard != true else { return "localhost" }
        return host.contains(":") ? "[\(host)]" : host
    }
}
