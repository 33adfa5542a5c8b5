// What stands behind the command: `Step4 --port 8080 --host 0.0.0.0`. In: words. Out: options, or
// a sentence about what was expected. Next: Run.swift.

import EngineSockets
import Foundation

/// The options that every stage program takes.
struct LaunchOptions {
    /// 0: any free port.
    var port = 3000
    /// Nil: this machine alone, over IPv4 and IPv6.
    var host: String?
    /// Milliseconds; nil: what the program says.
    var pingInterval: Int?
    /// Milliseconds; nil: what the program says.
    var pingTimeout: Int?

    nonisolated static let usage = """
        options:
          --port N            the port to listen on, 0 for any free one (default: PORT, or 3000)
          --host ADDRESS      the address to listen on; 0.0.0.0 lets in the whole network
                              (default: this machine alone)
          --ping-interval MS  milliseconds between two heartbeats (default: 25000)
          --ping-timeout MS   milliseconds that a client may take to answer one (default: 20000)
          --help              this list
        """

    /// Reads the words behind the program's name; `takes` is asked about what is unknown here.
    /// Throws `Problem`.
    init(
        arguments: [String], takes: (String, () throws -> String) throws -> Bool
    ) throws {
        if let text = ProcessInfo.processInfo.environment["PORT"] {
            port = try Self.number(text, "PORT", in: Self.ports)
        }
        var words = arguments[...]
        while let word = words.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            let name = parts.first ?? ""
            func value() throws -> String {
                if let value = parts.count == 2 ? parts[1] : words.popFirst() { return value }
                throw Problem("\(name) needs a value")
            }
            switch name {
            case "--port": port = try Self.number(value(), name, in: Self.ports)
            case "--host": host = try value()
            case "--ping-interval": pingInterval = try Self.number(value(), name, in: Self.times)
            case "--ping-timeout": pingTimeout = try Self.number(value(), name, in: Self.times)
            default:
                guard try takes(name, value) else { throw Problem("unknown option \"\(word)\"") }
            }
        }
    }

    private static let ports = 0...65_535
    /// Up to a day.
    private static let times = 1...86_400_000

    private static func number(
        _ text: String, _ name: String, in range: ClosedRange<Int>
    ) throws -> Int {
        if let number = Int(text), range.contains(number) { return number }
        let (first, last) = (range.lowerBound, range.upperBound)
        throw Problem("\(name) takes a number from \(first) to \(last), not \"\(text)\"")
    }
}
