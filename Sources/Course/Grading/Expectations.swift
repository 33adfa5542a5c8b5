// What checks compare, and how a difference is shown: expected, arrived, and the likely cause.
// Next: ChatClient.swift.

import Foundation
import SocketIOWire

/// Any JSON value.
package typealias JSON = SocketIOWire.JSON

/// What a check expected, and what arrived.
package struct Failure: Error, CustomStringConvertible {
    package let expected: String
    package let arrived: String
    /// The likely cause, where it is known; it takes the place of the check's own.
    package let cause: String?

    package init(expected: String, arrived: String, cause: String? = nil) {
        self.expected = expected
        self.arrived = arrived
        self.cause = cause
    }

    package var description: String { "expected \(expected); arrived \(arrived)" }
}

/// An event: its name and its arguments.
package struct Event: Equatable {
    package let name: String
    package let arguments: [JSON]

    package init(_ name: String, _ arguments: [JSON]) {
        self.name = name
        self.arguments = arguments
    }

    package var text: String {
        "\(name)(\(arguments.map(jsonText).joined(separator: ", ")))"
    }
}

/// JSON for a person: cut when it is long.
package func jsonText(_ value: JSON) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = (try? encoder.encode([value])).map { String(decoding: $0, as: UTF8.self) } ?? "?"
    let inner = CheckContext.visible(String(text.dropFirst().dropLast()))
    return inner.count > 120 ? "\(inner.prefix(100))… (\(inner.count) characters)" : inner
}

/// Throws a `Failure` with both values if they differ.
package func require(_ arrived: JSON, is expected: JSON, _ what: String = "") throws {
    guard arrived == expected else {
        let of = what.isEmpty ? "" : "\(what): "
        throw Failure(expected: of + jsonText(expected), arrived: jsonText(arrived))
    }
}

/// Throws a `Failure` if the condition does not hold.
package func require(_ condition: Bool, _ expected: String, arrived: @autoclosure () -> String)
    throws
{
    if !condition { throw Failure(expected: expected, arrived: arrived()) }
}
