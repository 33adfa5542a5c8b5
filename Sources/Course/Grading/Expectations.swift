// What checks compare, and how a difference is shown: expected, arrived, and the likely cause.
// Next: ChatClient.swift; Causes/Evidence.swift for how a cause is found.

import CourseLanguage
import Foundation
import SocketIOWire

/// Any JSON value.
package typealias JSON = SocketIOWire.JSON

/// What a check expected, and what arrived.
package struct Failure: Error, CustomStringConvertible {
    package let expected: Sentence
    package let arrived: Sentence
    /// The likely cause, where it is known; it takes the place of the check's own.
    package var cause: Sentence?
    /// What the server has written to its log about it.
    package var server: [String] = []
    /// The difference, for the rules that look for a cause.
    let difference: Difference
    /// The check that is about the step that failed, where it is a step before the check's own.
    var step: String?

    package init(
        expected: Sentence, arrived: Sentence, cause: Sentence? = nil,
        _ difference: Difference = .other
    ) {
        self.expected = expected
        self.arrived = arrived
        self.cause = cause
        self.difference = difference
    }

    /// Both in a sentence.
    package var sentence: Sentence { "expected \(expected); arrived \(arrived)" }
    package var description: String { sentence.english }
}

/// What kind of difference it is.
package enum Difference {
    /// Nothing answers at /socket.io/; the status of what was answered.
    case noServer(Int)
    /// No acknowledgement has come.
    case noAnswer(String, client: String)
    /// Another value is in the acknowledgement.
    case otherAnswer(wanted: JSON, arrived: JSON)
    /// No such event has come.
    case noEvent(Event, client: String)
    /// An event of this name has come, with other arguments.
    case otherEvent(wanted: Event, arrived: Event, client: String)
    /// Events have come that should not.
    case unwanted([Event], client: String)
    /// A line was not printed.
    case noLine(String)
    case other
}

/// An event: its name and its arguments.
package struct Event: Equatable {
    package let name: String
    package let arguments: [JSON]

    package init(_ name: String, _ arguments: [JSON] = []) {
        self.name = name
        self.arguments = arguments
    }

    /// A field of its first argument.
    func field(_ key: String) -> JSON? { arguments.first?[key] }

    package var text: String {
        "\(bounded(name, 60))(\(arguments.map(jsonText).joined(separator: ", ")))"
    }
}

/// JSON for a person: cut when it is long.
package nonisolated func jsonText(_ value: JSON) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = (try? encoder.encode([value])).map { String(decoding: $0, as: UTF8.self) } ?? "?"
    return bounded(String(text.dropFirst().dropLast()), 120)
}

/// A text for a person: of a long one the beginning, with the number of its characters. It counts
/// scalars, since one character can carry a hundred accents.
nonisolated func bounded(_ text: String, _ limit: Int) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > limit else { return CheckContext.visible(text) }
    let start = String(String.UnicodeScalarView(scalars.prefix(limit - 20)))
    return "\(CheckContext.visible(start))… (\(text.count) characters)"
}

/// Several events in a line: the first ones, and how many there are.
func texts(_ events: [Event]) -> String {
    let shown = events.prefix(6).map(\.text).joined(separator: ", ")
    return events.count > 6 ? "\(shown), … (\(events.count) events)" : shown
}

/// Throws a `Failure` with both values if they differ.
package func require(_ arrived: JSON, is expected: JSON, _ what: Sentence = "") throws {
    guard arrived == expected else {
        let wanted = Sentence(verbatim: jsonText(expected))
        throw Failure(
            expected: what.isEmpty ? wanted : "\(what): \(wanted)",
            arrived: Sentence(verbatim: jsonText(arrived)),
            .otherAnswer(wanted: expected, arrived: arrived))
    }
}

/// Throws a `Failure` if the condition does not hold.
package func require(
    _ condition: Bool, _ expected: Sentence, arrived: @autoclosure () -> Sentence
)
    throws
{
    if !condition { throw Failure(expected: expected, arrived: arrived()) }
}
