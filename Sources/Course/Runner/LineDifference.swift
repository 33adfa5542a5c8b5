// Where two texts differ, line by line. In: mine and theirs. Out: lines that both have, that only
// one has, in order, with their numbers. Myers' algorithm, from the standard library; of very long
// texts only the common beginning and end are found.
// Next: ../course/WorkbenchRequests.swift.

/// A line of a comparison.
package nonisolated struct ComparedLine: Codable, Equatable {
    package enum Kind: String, Codable { case same, mine, theirs }

    package let kind: Kind
    package let text: String
    /// The number of the line in mine and in theirs, beginning with 1.
    @OrNull package var mine: Int?
    @OrNull package var theirs: Int?
}

package nonisolated enum LineDifference {
    /// More lines than these, between what both begin and end with, are not compared one by one:
    /// that takes time and memory by the square of the number of differences.
    package static let limit = 2_000

    /// Compares two texts.
    package static func lines(_ mine: String, _ theirs: String) -> [ComparedLine] {
        let (old, new) = (split(mine), split(theirs))
        let (removed, inserted) = differences(old, new)
        var result: [ComparedLine] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if removed.contains(left) {
                result.append(line(.mine, old[left], left, nil))
                left += 1
            } else if inserted.contains(right) {
                result.append(line(.theirs, new[right], nil, right))
                right += 1
            } else {
                result.append(line(.same, old[left], left, right))
                (left, right) = (left + 1, right + 1)
            }
        }
        return result
    }

    private static func line(
        _ kind: ComparedLine.Kind, _ text: String, _ mine: Int?, _ theirs: Int?
    ) -> ComparedLine {
        ComparedLine(
            kind: kind, text: text, mine: mine.map { $0 + 1 }, theirs: theirs.map { $0 + 1 })
    }

    /// The places of the lines that only one has.
    private static func differences(_ old: [String], _ new: [String]) -> (Set<Int>, Set<Int>) {
        let start = zip(old, new).prefix { $0 == $1 }.count
        let rest = min(old.count, new.count) - start
        let end = zip(old.reversed(), new.reversed()).prefix(rest).prefix { $0 == $1 }.count
        let (oldPart, newPart) = (old[start..<(old.count - end)], new[start..<(new.count - end)])
        guard oldPart.count + newPart.count <= limit else {
            return (Set(oldPart.indices), Set(newPart.indices))
        }
        var (removed, inserted): (Set<Int>, Set<Int>) = ([], [])
        for change in Array(newPart).difference(from: Array(oldPart)) {
            switch change {
            case .remove(let offset, _, _): removed.insert(start + offset)
            case .insert(let offset, _, _): inserted.insert(start + offset)
            }
        }
        return (removed, inserted)
    }

    /// Without the line end at the end, and without carriage returns.
    private static func split(_ text: String) -> [String] {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
