// The messages between participants, in the notation of Mermaid's `sequenceDiagram`. In: lines.
// Out: the chart, or nil where a line says something else: then the lines are shown as they are.
// Next: SequencePicture.swift.

import CourseTutorial

package struct SequenceChart: Equatable {
    package enum Event: Equatable {
        case message(from: Int, to: Int, text: String, isDashed: Bool)
        /// Over the participants from one to another.
        case note(from: Int, to: Int, text: String)
    }

    package private(set) var participants: [String] = []
    package private(set) var events: [Event] = []
    /// The names in the notation; a participant can be shown by another one.
    private var names: [String] = []

    init?(_ lines: some Sequence<String>) {
        var isFirst = true
        for line in lines.map({ $0.trimming { $0 == " " } }) where !line.isEmpty {
            if isFirst {
                guard line == "sequenceDiagram" else { return nil }
                isFirst = false
            } else if !line.hasPrefix("%%"), !take(line) {
                return nil
            }
        }
        guard participants.count > 1 else { return nil }
    }

    private mutating func take(_ line: String) -> Bool {
        if let match = line.wholeMatch(of: /(?:participant|actor) (\w+)(?: as (.+))?/) {
            names.append(String(match.output.1))
            participants.append(String(match.output.2 ?? match.output.1))
        } else if let match = line.wholeMatch(of: /Note over (\w+)(?:, ?(\w+))?: ?(.+)/) {
            let from = index(match.output.1)
            let to = match.output.2.map { index($0) } ?? from
            events.append(
                .note(from: min(from, to), to: max(from, to), text: String(match.output.3)))
        } else if let match = line.wholeMatch(of: /(\w+?) ?(--?>>?) ?(\w+) ?: ?(.*)/) {
            let isDashed = match.output.2.hasPrefix("--")
            let (from, to) = (index(match.output.1), index(match.output.3))
            if from == to { return false }
            events.append(
                .message(from: from, to: to, text: String(match.output.4), isDashed: isDashed))
        } else {
            return false
        }
        return true
    }

    /// The column of a participant. A name that is new takes the next one.
    private mutating func index(_ name: Substring) -> Int {
        if let known = names.firstIndex(of: String(name)) { return known }
        names.append(String(name))
        participants.append(String(name))
        return names.count - 1
    }
}
