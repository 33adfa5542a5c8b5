// What is likely wrong when a check of stage 8 fails. Next: Cause.swift.

import CourseLanguage

nonisolated func stage8Causes() -> [String: [Cause]] {
    [
        "8.1": deliveryCauses(),
        "8.2": [
            Cause(
                "a message to a name that no client has is acknowledged with ok: `guard let "
                    + "addressee = owner(of: …) else { return .refusal(\"offline\") }`"
            ) {
                $0.isAccepted && !$0.hasLeft
            },
            Cause(
                "a name that no client has counts as one's own: look for its owner first, "
                    + "then compare the owner's id with `socket.id`"
            ) {
                $0.error == "yourself"
            },
            Cause(
                "a name stays reachable after its client has left: it is not removed in "
                    + "onDisconnect, or kept in a second table"
            ) {
                $0.isAccepted
            },
        ],
        "8.3": [
            Cause(
                "a message to oneself is delivered: `if addressee == socket.id { return "
                    + ".refusal(\"yourself\") }`"
            ) {
                $0.isAccepted
            },
            Cause(
                "the addressee is compared as it was typed: clean `to` and compare keys, as with "
                    + "nicknames"
            ) {
                $0.error == "offline"
                    && $0.lastSent?.sent.event.field("to")?.string?.first?.isWhitespace == true
            },
            Cause(
                "a message to oneself is answered with \"offline\": look whether the addressee is "
                    + "`socket.id`, and refuse it as \"yourself\""
            ) {
                $0.error == "offline"
            },
        ],
        "8.4": [
            Cause(
                "a private message of a client without a name is accepted: `guard let from = "
                    + "nicknames[socket.id]` comes first"
            ) {
                $0.isAccepted
            },
            Cause(
                "it is refused and delivered all the same: the `return` has to stand above "
                    + "the `emit`"
            ) {
                $0.unwanted != nil
            },
        ],
        "8.5": [
            Cause { evidence in
                guard let wanted = evidence.wantedError, evidence.isAccepted else { return nil }
                return "a private message that is \"\(wanted)\" is accepted: its text is not "
                    + "tested as in \"chat message\""
            },
            Cause { evidence in
                guard let wanted = evidence.wantedError, let error = evidence.error else {
                    return nil
                }
                return "\"\(bounded(error, 40))\" is looked at before \"\(wanted)\": the order "
                    + "is no nickname, empty, too long, yourself, offline"
            },
        ],
        "8.6": addresseeCauses(),
        "8.7": [
            Cause(
                "the text of a private message is printed: nothing private belongs into the "
                    + "output"
            ) {
                if case .other = $0.difference { true } else { false }
            },
            Cause(
                "a private message ends typing: `setTyping(false, socket)` belongs to public "
                    + "messages only"
            ) {
                $0.unwanted?.events.first?.name == "typing"
            },
        ],
        "8.8": [
            Cause(
                "the sender's name is taken from what the client sends: `from` comes from "
                    + "`nicknames[socket.id]`"
            ) {
                $0.otherEvent?.arrived.field("from") == "somebody else"
            },
            Cause(
                "something that is no letter is answered: the struct has to ask for `to` and "
                    + "`text`, both texts and neither optional"
            ) {
                if case .other = $0.difference { true } else { false }
            },
        ],
    ]
}

/// A private message that should arrive.
private nonisolated func deliveryCauses() -> [Cause] {
    [
        Cause(
            "a name that a client has counts as \"offline\": is the test the other way "
                + "round, or are `to` and the names compared in different forms?"
        ) {
            $0.isRefused && $0.error == "offline"
        },
        Cause(
            "another client counts as \"yourself\": compare the addressee's id with "
                + "`socket.id`, and look for the owner of `letter.to`"
        ) {
            $0.isRefused && $0.error == "yourself"
        },
        Cause { evidence in
            guard let (wanted, _) = evidence.noEvent, wanted.name == "private message" else {
                return nil
            }
            let line = evidence.lastSent("private message")?.sent.line ?? -1
            if !evidence.receivers(of: "chat message", after: line).isEmpty {
                return "it is sent as \"chat message\": its event is \"private message\""
            }
            let receivers = evidence.receivers(of: "private message", after: line).map(\.name)
            if receivers == ["A"] {
                return "it goes back to its sender: `socket.emit` speaks to this one client; "
                    + "`socket.to(addressee).emit`"
            }
            if receivers.isEmpty {
                return "it is acknowledged and reaches no client: `to(…)` takes the "
                    + "addressee's id (`owner(of:)`), and not a nickname; or the line that "
                    + "emits is missing"
            }
            return "it reaches \(Sentence.all(of: receivers)), and not its addressee: "
                + "`socket.to(addressee).emit`"
        },
        Cause(
            "it comes back to its sender as well: only the addressee is to get it, "
                + "`socket.to(addressee).emit`"
        ) {
            $0.unwanted?.client == "A"
        },
        Cause(
            "a third client reads it: `socket.broadcast.emit` and `io.emit` tell the others "
                + "as well; `socket.to(addressee).emit` one alone"
        ) {
            $0.unwanted?.client == "C"
        },
        Cause("its addressee gets it twice: two lines send it") { $0.unwanted?.client == "B" },
    ]
}

/// The addressee in another spelling, and after a rename.
private nonisolated func addresseeCauses() -> [Cause] {
    [
        Cause { evidence in
            guard evidence.isRefused, evidence.error == "offline",
                let to = evidence.lastSent?.sent.event.field("to")?.string
            else { return nil }
            return to.first?.isWhitespace == true
                ? "the addressee is compared as it was typed: clean `to` and compare keys, as "
                    + "with nicknames"
                : "after a rename the new name is \"offline\": names are kept in two tables, "
                    + "and one of them is not renamed"
        },
        Cause(
            "after a rename the old name is still reached: names are kept in two tables, and "
                + "one of them is not renamed"
        ) {
            $0.isAccepted
        },
        Cause("the text of a private message is sent as it was typed: send the trimmed one") {
            $0.otherEvent?.arrived.field("text")?.string?.first?.isWhitespace == true
        },
    ]
}
