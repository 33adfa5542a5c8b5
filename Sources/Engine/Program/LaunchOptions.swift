// What stands behind the command: `Step4 --port 8080 --host 0.0.0.0`. In: words. Out: options, or
// a sentence about what was expected. Next: Run.swift.

import Foundation

/// The options that every stage program takes.
struct LaunchOptions: Equatable {
    /// 0: any free port.
    var port = 3000
    /// Nil: this machine alone, over IPv4 and IPv6.
    var host: String?
    /// Names that the server answers to, beside those that the program says.
    var allowedHosts: [String] = []
    /// Milliseconds; nil: what the program says.
    var pingInterval: Int?
    /// Milliseconds; nil: what the program says.
    var pingTimeout: Int?

    nonisolated static let usage = """
        options:
          --port N            the port to listen on, 0 for any free one (default: PORT, or 3000)
          --host ADDRESS      the address to listen on; 0.0.0.0 lets in the whole network
                              (default: this machine alone)
          --allowed-host NAME a name that the server answers to, beside localhost: the public one,
                              if a proxy is in front of it; several times for several names
          --ping-interval MS  milliseconds between two heartbeats (default: 25000)
          --ping-timeout MS   milliseconds that a client may take to answer one (default: 20000)
          --help              this list
        """

    /// Reads the words behind the program's name.
    init(arguments: [String], environment: [String: String]) throws {
        if let text = environment["PORT"] { port = try Self.port(text, "PORT") }
        var words = arguments[...]
        while let word = words.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            let name = parts.first ?? ""
            func value() throws -> String {
                if let value = parts.count == 2 ? parts[1] : words.popFirst() { return value }
                throw Problem(text: "\(name) needs a value")
            }
            switch name {
            case "--port": port = try Self.port(value(), name)
            case "--host": host = try value()
            case "--allowed-host": allowedHosts.append(try Self.host(value(), name))
            case "--ping-interval": pingInterval = try Self.milliseconds(value(), name)
            case "--ping-timeout": pingTimeout = try Self.milliseconds(value(), name)
            default: throw Problem(text: "unknown option \"\(word)\"")
            }
        }
    }

    private static func host(_ text: String, _ name: String) throws -> String {
        if text == "*" || HostCheck.rule(text) != nil { return text }
        throw Problem(
            text: "\(name) takes the name of a host, such as chat.example.org, not \"\(text)\"")
    }

    private static func port(_ text: String, _ name: String) throws -> Int {
        if let port = Int(text), (0...65_535).contains(port) { return port }
        throw Problem(text: "\(name) takes a number from 0 to 65535, not \"\(text)\"")
    }

    private static func milliseconds(_ text: String, _ name: String) throws -> Int {
        if let number = Int(text), (1...86_400_000).contains(number) { return number }
        throw Problem(text: "\(name) takes milliseconds, 1 or more, not \"\(text)\"")
    }

    /// What is wrong with the command.
    struct Problem: Error, CustomStringConvertible {
        let text: String
        var description: String { "\(text)\n\(LaunchOptions.usage)" }
    }
}
