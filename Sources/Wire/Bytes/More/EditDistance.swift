// How far two names are from each other, for messages that ask "did you mean …?".
// In: two lists. Out: a number. Next: Sources/Engine/More/Sockets/UnheardEvents.swift.

/// How many elements have to be put in, left out or changed to make one list of the other.
package func editDistance<Element: Equatable>(_ from: [Element], _ to: [Element]) -> Int {
    var row = Array(0...to.count)
    for (index, element) in from.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for (column, other) in to.enumerated() {
            let changed = diagonal + (element == other ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
        }
    }
    return row[to.count]
}
