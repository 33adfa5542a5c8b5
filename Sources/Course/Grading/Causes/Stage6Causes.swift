// What is likely wrong when a check of stage 6 fails. Next: Cause.swift, Stage7Causes.swift.

import CourseLanguage

nonisolated func stage6Causes() -> [String: [Cause]] {
    [
        "6.1": [
            Cause(
                "a message of a client announces that it types: `setTyping(false, socket)` "
                    + "belongs there, and not true"
            ) {
                $0.unwanted?.client == "A"
                    && $0.unwanted?.events.first?.field("isTyping") == true
                    && !Targets.isOwn($0.unwanted?.events.first, $0.client("A"))
            },
            Cause(
                "false is sent for a client that was not typing (each message ends typing): "
                    + "only changes are sent"
            ) {
                $0.unwanted?.client == "A"
                    && $0.unwanted?.events.first?.field("nickname")?.string
                        != $0.client("A")?.nickname
            },
            Cause(
                "the typist hears of itself: `socket.broadcast.emit` leaves it out, "
                    + "`io.emit` does not"
            ) {
                $0.unwanted?.client == "A"
            },
            Cause(
                "the typist alone hears of it: `socket.emit` speaks to this one client, "
                    + "`socket.broadcast.emit` to the others"
            ) {
                $0.noEvent != nil && $0.receivers(of: "typing").map(\.name) == ["A"]
            },
            Cause("`isTyping` is true also when typing ends: it has to be the value that came") {
                $0.otherEvent?.wanted.field("isTyping") == false
                    && $0.otherEvent?.arrived.field("isTyping") == true
            },
            Cause(
                "the end of typing is not sent: `isTyping` false is not passed on, or the server "
                    + "does not know that the client was typing (`typing[socket.id] = …`)"
            ) {
                $0.noEvent?.wanted.field("isTyping") == false
                    && !$0.receivers(of: "typing").isEmpty
            },
            Cause(
                "no client hears of typing: `socket.broadcast.emit(\"typing\", …)` is "
                    + "missing, or not reached (is the test for a change the other way round?)"
            ) {
                $0.noEvent?.wanted.name == "typing" && $0.receivers(of: "typing").isEmpty
            },
        ],
        "6.2": [
            Cause(
                "while one client types, another that begins is not announced: one variable for "
                    + "all remembers it; it has to be a table, by `socket.id`"
            ) {
                // Its first event is none, or the end.
                let other = $0.client("C")?.nickname
                let first = $0.received("typing", at: "B").first {
                    $0.event.field("nickname")?.string == other
                }
                return other != nil && $0.noEvent?.wanted.field("nickname")?.string == other
                    || first?.event.field("isTyping") == false
            },
            Cause { evidence in
                let name = evidence.client("A")?.nickname
                let seen = evidence.received("typing", at: "B")
                    .filter { $0.event.field("nickname")?.string == name }
                    .map { $0.event.field("isTyping")?.bool }
                if seen.first == false {
                    return "false is sent for a client that was not typing: only changes are sent"
                }
                if seen.count > 2, seen.count(where: { $0 == true }) == 1 {
                    return "the end of typing is sent again and again: remove the client's mark or "
                        + "timeout when it ends (`removeValue`); only changes are sent"
                }
                if seen.count > 2, seen.count(where: { $0 == true }) == 2 {
                    return "when another client begins to type, the first is forgotten, and its "
                        + "next sign is announced anew: remove only its own mark or timeout"
                }
                if seen.count > 2 {
                    return "each sign is passed on: remember which clients type, and "
                        + "emit only if that changes"
                }
                if seen.count < 2 {
                    return "a change is missing: remember that the client types when it "
                        + "begins, and forget it when it stops"
                }
                return nil
            },
        ],
        "6.3": [
            Cause(
                "the message goes out before typing ends: `setTyping(false, socket)` has to "
                    + "stand above the line that emits \"chat message\""
            ) { evidence in
                evidence.received("typing", at: "B").last?.event.field("isTyping") == false
            },
            Cause(
                "typing does not end with a message: `setTyping(false, socket)` is missing "
                    + "in the handler of \"chat message\""
            ) {
                !$0.received("typing", at: "B").isEmpty && $0.noEvent == nil
            },
        ],
        "6.4": [
            Cause(
                "typing does not end when the typist leaves: `setTyping(false, socket)` is "
                    + "missing in onDisconnect, or stands below the line that removes the name"
            ) {
                $0.noEvent?.wanted.name == "typing"
            }
        ],
        "6.5": clockCauses(),
        "6.6": [
            Cause(
                "typing of a client without a name is announced: `guard let nickname = "
                    + "nicknames[socket.id] else { return }`"
            ) {
                $0.unwanted != nil
            }
        ],
        "6.7": [
            Cause(
                "typing ends under the new name: `setTyping(false, socket)` has to stand "
                    + "above the line that enters the new one"
            ) { evidence in
                guard evidence.otherEvent?.arrived.field("isTyping") == false,
                    let end = evidence.received("typing", at: "B").last,
                    let rename = evidence.received("user joined", at: "B").last
                else { return false }
                // In the same moment as the rename, and not when the clock runs out.
                return end.time - rename.time < 1_000
            },
            Cause(
                "a rename does not end typing under the old name: `setTyping(false, socket)` "
                    + "above the line that enters the new one"
            ) {
                $0.noEvent?.wanted.field("isTyping") == false
                    || $0.otherEvent?.wanted.field("isTyping") == false
            },
            Cause(
                "after a rename typing does not begin anew: the mark or timeout of the old "
                    + "name is still there, so `true` is no change"
            ) {
                $0.noEvent?.wanted.field("isTyping") == true
            },
        ],
        "6.8": [
            Cause(
                "a message that is refused ends typing: `setTyping(false, socket)` has to "
                    + "stand below the tests of the text"
            ) {
                $0.unwanted != nil
            }
        ],
        "6.9": [
            Cause(
                "what is neither true nor false is taken for typing: the handler has to ask "
                    + "for a `Bool`"
            ) {
                $0.unwanted != nil
            }
        ],
    ]
}

/// Three seconds after the last sign.
private nonisolated func clockCauses() -> [Cause] {
    [
        Cause("each sign is announced, though only the first is news (6.2)") {
            $0.otherEvent?.arrived.field("isTyping") == true
        },
        Cause(
            "typing does not end by itself: there is no timeout (`Task.sleep(for: "
                + ".seconds(3))`, then `setTyping(false, socket)`), or it is cancelled and not set "
                + "again"
        ) {
            $0.noEvent != nil
        },
        Cause { evidence in
            let signs = evidence.client("A")?.sent.filter { $0.event.name == "typing" } ?? []
            guard let begin = signs.first?.line, let refresh = signs.last?.line else { return nil }
            let isEarly = evidence.received("typing", at: "B").contains {
                $0.event.field("isTyping") == false && $0.line > begin && $0.line < refresh
            }
            if isEarly {
                return "typing ends before the second sign comes, in less "
                    + "than three seconds: is the timeout three seconds long?"
            }
            return nil
        },
        Cause { evidence in
            guard
                let seconds = Double(
                    evidence.arrived.split(
                        separator:
                            " "
                    ).first ?? "")
            else { return nil }
            if seconds < 1.9 {
                return "a new sign does not move the timeout: cancel the old one, and start "
                    + "another each time"
            }
            return "the timeout is not three seconds long"
        },
    ]
}
