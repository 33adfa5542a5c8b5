// What is likely wrong when a check of stage 7 fails. Next: Cause.swift, Stage8Causes.swift.

import CourseLanguage
import Foundation

nonisolated func stage7Causes() -> [String: [Cause]] {
    [
        "7.1": [
            Cause { evidence in
                let other = evidence.client("B")?.received.first {
                    $0.event.name != "online" && $0.event.arguments.first?.array != nil
                }
                return other.map {
                    "the list is sent as \"\(bounded($0.event.name, 60))\", and "
                        + "has to be sent as \"online\""
                }
            },
            Cause(
                "the list stays empty, and the name is not in it: it is never entered in "
                    + "`nicknames`, or the list is made of something else, or once at the start "
                    + "and not at each call of `online()`"
            ) {
                $0.noEvent == nil && $0.received("online", at: "B").last?.event.arguments == [[]]
            },
            Cause(
                "a list comes, and the name is not in it: it is made of something else than "
                    + "`nicknames.values`, or the name is never entered"
            ) {
                !$0.received("online", at: "B").isEmpty && $0.noEvent == nil
            },
            Cause(
                "the newcomer gets no list, the others do: `socket.emit(\"online\", "
                    + "online())` in onConnection, and not `socket.broadcast.emit`"
            ) { evidence in
                guard let first = evidence.clients.first else { return false }
                let claim = first.sent.last?.line ?? -1
                return evidence.received("online", at: first.name).contains { $0.line > claim }
                    && evidence.received("online", at: first.name).count > 1
            },
            Cause(
                "the list is sent at changes only: a newcomer needs it too, "
                    + "`socket.emit(\"online\", online())` in onConnection"
            ) {
                $0.receivedNames.contains("online")
            },
            Cause(
                "no list is sent at all: `socket.emit(\"online\", online())` is missing in "
                    + "onConnection, directly in it"
            ) {
                !$0.receivedNames.contains("online")
            },
        ],
        "7.2": changeCauses(),
        "7.3": [
            Cause(
                "no list is sent when a client leaves: `io.emit(\"online\", online())` is "
                    + "missing in onDisconnect"
            ) { evidence in
                !evidence.received("online", at: "C").contains { $0.line > evidence.lastLeft }
            },
            Cause(
                "the list that is sent at a departure still has the name: remove the name "
                    + "first, then send the list"
            ) {
                _ in true
            },
        ],
        "7.4": sortingCauses(),
        "7.5": [
            Cause { evidence in
                let names =
                    evidence.client("A")?.sent.filter { $0.event.name == "set nickname" } ?? []
                guard names.count >= 3 else { return nil }
                let lines = evidence.received("online", at: "B").map(\.line)
                let (rename, same, empty) = (
                    names[names.count - 3].line, names[names.count - 2].line,
                    names[names.count - 1].line
                )
                let counts = (
                    lines.count { $0 > rename && $0 < same },
                    lines.count { $0 > same && $0 < empty },
                    lines.count { $0 > empty }
                )
                if counts.2 > 0 {
                    return "a list is sent though the name was refused: send it "
                        + "below the tests"
                }
                if counts.1 > 0 {
                    return "a list is sent though the name is the same: send it "
                        + "inside of the `if` that looks for a change"
                }
                if counts.0 > 1 {
                    return "one rename sends \(counts.0) lists: two lines emit "
                        + "\"online\" on the way; one is enough"
                }
                return "a rename sends no list: `io.emit(\"online\", online())` belongs behind "
                    + "each change of a name"
            }
        ],
        "7.6": [
            Cause { evidence in
                let list =
                    evidence.received("online", at: "B").last?.event.arguments.first?.array?
                    .compactMap(\.string) ?? []
                guard
                    let name = evidence.client("A")?.sent.last(where: {
                        $0.event.name == "set nickname"
                    })?.event.arguments.first?.string
                else { return nil }
                if list.contains(name) {
                    return "the name is in the list twice: the old "
                        + "spelling is kept as another entry"
                }
                if list.contains(name.lowercased()) {
                    return
                        "the list has the name in small letters: keys are sent in place of names, "
                        + "or the list is older than the rename"
                }
                return nil
            }
        ],
        "7.7": [
            Cause(
                "a client without a name is in the list, as null or an empty text: make it "
                    + "of the names that are there"
            ) {
                $0.unwanted == nil && $0.noEvent == nil
            },
            Cause { evidence in
                guard evidence.unwanted != nil else { return nil }
                let isBefore = evidence.received("online", at: "B").contains {
                    [line = evidence.lastLeft] in
                    $0.line < line
                        && $0.line
                            > (evidence.client("A")?.sent.first { $0.event.name == "chat message" }?
                                .line ?? 0)
                }
                return isBefore
                    ? "everyone gets a list when a client connects, though nothing has "
                        + "changed: `socket.emit` in onConnection, and not `io.emit`"
                    : "a list is sent when a client without a name leaves, though nothing has "
                        + "changed: send it inside of the `if let name`"
            },
        ],
    ]
}

/// A name is set.
private nonisolated func changeCauses() -> [Cause] {
    [
        Cause { evidence in
            if let other = evidence.unknownName(for: "online") {
                return "the program sends \"\(bounded(other, 60))\", and the event is called "
                    + "\"online\""
            }
            let claim = evidence.lastSent("set nickname")?.sent.line ?? -1
            let receivers = evidence.receivers(of: "online", after: claim).map(\.name)
            if receivers.isEmpty {
                return "no list is sent when a name is set: `io.emit(\"online\", online())` is "
                    + "missing in the handler of \"set nickname\""
            }
            if receivers == ["C"] {
                return "the client with the new name alone gets the list: `socket.emit` speaks "
                    + "to this one client, `io.emit` to everyone"
            }
            if !receivers.contains("C") {
                return "the client with the new name does not get the list itself: "
                    + "`socket.broadcast.emit` leaves it out, `io.emit` does not"
            }
            if evidence.arrived.contains(evidence.client("C")?.nickname ?? "?") {
                return "the list has the new name alone: send all names, `online()`"
            }
            return "the list is sent before the name is entered: enter it in `nicknames` first"
        }
    ]
}

/// The order of the list.
private nonisolated func sortingCauses() -> [Cause] {
    [
        Cause { evidence in
            let names = evidence.arrived.components(separatedBy: ", ")
            let right = evidence.expected.components(separatedBy: ", ")
            guard Set(names) == Set(right) else {
                return "the list has other names than those that were set: names belong in it "
                    + "as they were typed, not their keys in small letters"
            }
            if names == right.sorted() {
                return "the list is sorted, and capitals come first: compare the keys "
                    + "(`nameKey($0) < nameKey($1)`), in small letters"
            }
            if names == right.reversed() { return "the list is sorted backwards: `<`, and not `>`" }
            return "the list is not sorted by its keys (a dictionary has no order of its own): "
                + "`sorted { nameKey($0) < nameKey($1) }`"
        }
    ]
}
