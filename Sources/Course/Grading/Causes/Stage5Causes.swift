// What is likely wrong when a check of stage 5a fails: names, messages, and their receivers.
// Next: Cause.swift, Stage5CornerCauses.swift.

import CourseLanguage

/// A plain name is refused.
nonisolated func refusedNames() -> [Cause] {
    [
        Cause(
            "a free name is refused as \"taken\": only a name that another client has is "
                + "(`owner != socket.id`, and not `==`)"
        ) {
            $0.isRefused && $0.error == "taken"
        },
        Cause(
            "a good name is refused as \"empty\": is the test the other way round, or is "
                + "another variable tested?"
        ) {
            $0.isRefused && $0.error == "empty"
        },
        Cause(
            "a good name is refused as \"invalid\": is the test the other way round (`!` in "
                + "front of it), or is the emoji not taken out first?"
        ) {
            $0.isRefused && $0.error == "invalid"
        },
        Cause(
            "a short name is refused as \"too long\": look at the limits (20 characters, "
                + "1,000 bytes) and at `>`"
        ) {
            $0.isRefused && $0.error == "too long"
        },
    ]
}

nonisolated func stage5Causes() -> [String: [Cause]] {
    [
        "5.1": refusedNames() + [
            Cause("the name is not in the acknowledgement: `return Reply(nickname: name)`") {
                $0.otherAnswer?.arrived["ok"] == true && $0.otherAnswer?.arrived["nickname"] == nil
            }
        ],
        "5.2": [
            Cause(
                "the name is tested before the blanks are cut: `cleaned(input)` comes first, "
                    + "and the tests look at its result"
            ) {
                $0.isRefused
            },
            Cause(
                "the blanks around the name are kept: enter and answer `cleaned(input)`, not "
                    + "`input`"
            ) {
                $0.otherAnswer?.arrived["ok"] == true
            },
        ],
        "5.3": [
            Cause("an empty name is accepted: nothing asks `isEmpty`") {
                $0.isAccepted && $0.lastText == ""
            },
            Cause(
                "a name of blanks is accepted: the test looks at `input`; it has to look at "
                    + "the cleaned name"
            ) {
                $0.isAccepted
            },
            Cause(
                "blanks are refused as \"invalid\": the test for forbidden characters looks "
                    + "at `input`; it has to look at the cleaned name"
            ) {
                $0.error == "invalid"
            },
        ],
        "5.4": [
            Cause(
                "21 characters are accepted: the length is not tested, or the limit is more "
                    + "than 20"
            ) {
                $0.isAccepted
            },
            Cause(
                "20 plain letters are refused: the limit is 20 characters, and 20 is still "
                    + "right (`> 20`, and not `>=`)"
            ) {
                $0.isRefused && $0.error == "too long" && $0.lastText?.utf8.count == 20
            },
            Cause(
                "bytes, scalars or code units are counted, and not characters: `name.count` "
                    + "counts as a person does, `utf8.count`, `utf16.count` and "
                    + "`unicodeScalars.count` do not; or the limit of bytes is below 1,000"
            ) {
                $0.isRefused && $0.error == "too long"
            },
            Cause(
                "a family emoji is refused as \"invalid\": what holds an emoji together is "
                    + "fine (5.14)"
            ) {
                $0.isRefused && $0.error == "invalid"
            },
        ],
        "5.5": [
            Cause(
                "the same name is given to two clients: nothing looks whether another client "
                    + "has it, or the test is the other way round (`owner != socket.id`)"
            ) { evidence in
                evidence.isAccepted
                    && evidence.clients.contains { $0.nickname == evidence.lastText }
            },
            Cause("the name is compared before its blanks are cut: compare the cleaned name") {
                evidence in
                evidence.isAccepted && evidence.lastText?.first?.isWhitespace == true
            },
            Cause(
                "names are compared as they were typed: compare `nameKey(name)` with the key of "
                    + "the other, in small letters both"
            ) {
                $0.isAccepted
            },
        ],
        "5.6": [
            Cause(
                "\"user joined\" is sent to no client when a name is set: "
                    + "`socket.broadcast.emit(\"user joined\", User(nickname: name))` is missing "
                    + "in the handler of \"set nickname\", or not reached (is the test in front of "
                    + "it the other way round?)"
            ) {
                $0.noEvent?.wanted.name == "user joined" && $0.receivers(of: "user joined").isEmpty
            },
            Cause(
                "each client hears of its own name only: `socket.emit` speaks to this one client, "
                    + "`socket.broadcast.emit` to the others"
            ) {
                guard let (_, arrived, name) = $0.otherEvent,
                    Targets.isOwn(arrived, $0.client(name))
                else { return false }
                return $0.received("user joined", at: name).count == 1
            },
            Cause(
                "a client hears of its own name as well: `io.emit` reaches everyone, "
                    + "`socket.broadcast.emit` the others"
            ) {
                if let (_, arrived, name) = $0.otherEvent {
                    return Targets.isOwn(arrived, $0.client(name))
                }
                return $0.unwanted?.client == "B"
            },
        ],
        "5.7": messageCauses(),
        "5.8": [
            Cause(
                "a message of a client without a name is accepted: `guard let from = "
                    + "nicknames[socket.id] else { return .refusal(\"no nickname\") }` comes first"
            ) {
                $0.isAccepted
            },
            Cause("the text is tested before the name is looked for: \"no nickname\" comes first") {
                $0.error == "empty" || $0.error == "too long"
            },
            Cause(
                "it is refused and sent all the same: the `return` has to stand above the "
                    + "`emit`"
            ) {
                $0.unwanted != nil
            },
        ],
        "5.9": leavingByName(),
    ]
}

/// A message, its acknowledgement, and its receivers.
private nonisolated func messageCauses() -> [Cause] {
    [
        Cause(
            "a client that has a name is told \"no nickname\": the name is not entered in "
                + "`nicknames`, or looked for under another key than `socket.id`"
        ) {
            $0.isRefused && $0.error == "no nickname"
        },
        Cause("a good text is refused as \"empty\": is the test the other way round?") {
            $0.isRefused && $0.error == "empty"
        },
        Cause(
            "the author gets its own message back: `socket.broadcast.emit` leaves the author "
                + "out, `io.emit` does not (the page shows it at once)"
        ) {
            $0.unwanted?.client == "A"
                && Targets.isOwn($0.unwanted?.events.first, $0.client("A"))
        },
        Cause(
            "the message goes back to its author only: `socket.emit` speaks to this one "
                + "client, `socket.broadcast.emit` to the others"
        ) {
            $0.noEvent != nil && $0.receivers(of: "chat message").map(\.name) == ["A"]
        },
        Cause(
            "the message is acknowledged and sent to no client: "
                + "`socket.broadcast.emit(\"chat message\", …)` is missing, or not reached"
        ) {
            $0.noEvent?.wanted.name == "chat message" && $0.receivers(of: "chat message").isEmpty
        },
    ]
}

/// Who leaves is announced by name.
private nonisolated func leavingByName() -> [Cause] {
    [
        Cause(
            "a client that has left without a name is announced: `if let name` in front of "
                + "the `emit`"
        ) { evidence in
            let all = evidence.received("user left", at: "A")
            let names = evidence.clients.compactMap(\.nickname)
            let isStrange = all.contains {
                !names.contains(
                    $0.event.field(
                        "nickname")?.string ?? "")
            }
            return isStrange
                && (all.count > 1
                    || evidence.otherEvent?.arrived.field(
                        "nickname") == .null)
        },
        Cause("\"user left\" comes more than once for one client: two lines send it") {
            $0.unwanted != nil
        },
        Cause("\"user joined\" is sent when a client leaves: it has to be \"user left\"") {
            !$0.received("user joined", at: "A").filter { [line = $0.lastLeft] in $0.line > line }
                .isEmpty
        },
        Cause(
            "no \"user left\" is sent when a client with a name leaves: it is missing in "
                + "onDisconnect, or the name is removed before it is looked up (`removeValue` "
                + "returns it), or `socket.emit` speaks to the one that is gone"
        ) {
            $0.noEvent?.wanted.name == "user left"
        },
    ]
}
