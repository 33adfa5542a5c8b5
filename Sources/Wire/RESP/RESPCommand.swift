// What is sent to Redis: an array of bulk strings, in both versions of the protocol.
// In: a command's name and its arguments. Out: bytes, encoded once, however long they wait.
// Spec: RESP specification, "Sending commands to a Redis server". Next: RESPValue.swift.

/// An argument of a command: text, bytes, or a whole number.
package protocol RESPArgument {
    /// Its bytes.
    var respBytes: [UInt8] { get }
}

extension String: RESPArgument {
    package var respBytes: [UInt8] { Array(utf8) }
}

extension Int: RESPArgument {
    package var respBytes: [UInt8] { Array(String(self).utf8) }
}

extension [UInt8]: RESPArgument {
    package var respBytes: [UInt8] { self }
}

/// A command, ready to be sent.
package struct RESPCommand: Hashable, Sendable {
    /// Its first word: for messages about it. Arguments may be secrets.
    package let name: String
    /// What is sent.
    package let encoded: [UInt8]

    /// `RESPCommand("PUBLISH", channel, payload)`.
    package init(_ name: String, _ arguments: any RESPArgument...) {
        self.init(name, arguments: arguments)
    }

    /// The same with a list of arguments.
    package init(_ name: String, arguments: [any RESPArgument]) {
        self.name = name
        var bytes: [UInt8] = []
        bytes.append(contentsOf: "*\(arguments.count + 1)\r\n".utf8)
        Self.append(Array(name.utf8), to: &bytes)
        for argument in arguments { Self.append(argument.respBytes, to: &bytes) }
        encoded = bytes
    }

    private static func append(_ argument: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "$\(argument.count)\r\n".utf8)
        bytes.append(contentsOf: argument)
        bytes.append(contentsOf: "\r\n".utf8)
    }
}
