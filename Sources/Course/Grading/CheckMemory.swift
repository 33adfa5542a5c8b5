// Which names and texts belong to which check. A late event about a client of an earlier check must
// not count in the next one. In: names and texts as they are made. Out: whether an event is old.
// Next: CheckContext.swift.

import SocketIOWire

/// The random names and texts of one run.
package final class CheckMemory {
    private var old: Set<String> = []
    private var current: Set<String> = []

    package init() {}

    /// A check begins: what was made before is old.
    func begin() {
        old.formUnion(current)
        current = []
    }

    /// Remembers a name or a text that no other check has.
    func keep(_ text: String) -> String {
        current.insert(text)
        return text
    }

    /// Whether an event carries a name or a text of an earlier check, and none of this one. Lists
    /// do not count: they tell what is now.
    func isOld(_ event: Event) -> Bool {
        guard !old.isEmpty else { return false }
        let texts = event.arguments.flatMap { argument in
            [argument.string] + (argument.object?.values.map(\.string) ?? [])
        }.compactMap { $0 }
        return texts.contains(where: old.contains) && !texts.contains(where: current.contains)
    }
}
