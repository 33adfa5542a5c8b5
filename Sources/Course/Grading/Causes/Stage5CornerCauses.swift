// What is likely wrong when a check of stage 5b fails: good names, good texts, and their corners.
// Next: Cause.swift, Stage6Causes.swift.

import CourseLanguage

nonisolated func stage5CornerCauses() -> [String: [Cause]] {
    [
        "5.10": [
            Cause(
                "the name of a client that has left is still \"taken\": it is not removed "
                    + "from `nicknames` in onDisconnect, or under another key"
            ) {
                $0.error == "taken"
            }
        ],
        "5.11": [
            Cause(
                "the old name stays taken after a rename: it is kept in a second entry or "
                    + "table; `updateValue` replaces it"
            ) {
                $0.isRefused && $0.error == "taken"
                    && $0.clients.contains { [name = $0.lastText] in $0.nickname == name }
            },
            Cause(
                "a client that has a name cannot take another one: `owner != socket.id` "
                    + "decides, not whether there is a name already"
            ) {
                $0.isRefused
            },
            Cause(
                "a rename does not announce that the old name has left: `if let old { "
                    + "socket.broadcast.emit(\"user left\", User(nickname: old)) }`"
            ) {
                $0.noEvent?.wanted.name == "user left"
            },
            Cause(
                "a rename announces the new name as the one that has left: the old one is "
                    + "what `updateValue` returns"
            ) {
                $0.otherEvent?.wanted.name == "user left"
                    && $0.otherEvent?.arrived.field("nickname")
                        == $0.lastSent(
                            "set nickname")?.sent.event.arguments.first
            },
            Cause("a rename does not announce the new name") {
                $0.noEvent?.wanted.name == "user joined"
            },
        ],
        "5.12": [
            Cause(
                "a name is entered as it was typed, with its blanks: what is kept in "
                    + "`nicknames` is the cleaned one, `name`, and not `input`"
            ) {
                guard let (wanted, arrived, _) = $0.otherEvent,
                    let name = arrived.field("nickname")?.string
                else { return false }
                return arrived != wanted
                    && .string(name.trimmingCharacters(in: .whitespaces))
                        == wanted.field("nickname")
            },
            Cause("one's own name counts as taken: `owner != socket.id` belongs to the test") {
                $0.isRefused && $0.error == "taken"
            },
            Cause(
                "the same name again is announced as news: announce only if the name has "
                    + "changed (`old != name`)"
            ) { evidence in
                if evidence.unwanted != nil { return true }
                let joined =
                    evidence.client("B")?.received.filter { $0.event.name == "user joined" } ?? []
                return joined.count > Set(joined.map(\.event.text)).count
                    || evidence.otherEvent.map { $0.wanted != $0.arrived } == true
            },
            Cause(
                "another spelling of one's own name is not announced: it is a rename, so "
                    + "compare the names as they are, not their keys"
            ) {
                $0.noEvent != nil
            },
        ],
        "5.13": [
            Cause(
                "the answer has the name as it was typed, e and its accent apart: normalise "
                    + "it (`precomposedStringWithCanonicalMapping`)"
            ) {
                $0.otherAnswer == nil
            },
            Cause(
                "é in one scalar and é in two count as two names: `key` has to be normalised "
                    + "as well"
            ) { $0.isAccepted },
        ],
        "5.14": forbiddenCauses(),
        "5.15": textCauses(),
        "5.16": [
            Cause(
                "the name is taken from what the client sends: `from` comes from "
                    + "`nicknames[socket.id]`, whatever is in the packet"
            ) { _ in true }
        ],
        "5.17": [
            Cause(
                "two clients get one name: between the test for \"taken\" and the entry "
                    + "there is an `await`, or no test"
            ) { evidence in
                evidence.noAnswer == nil
            }
        ],
        "5.18": [
            Cause(
                "what is no text is answered: the handler has to ask for a `String`, not for "
                    + "`JSON` or an optional"
            ) {
                $0.noAnswer == nil
            }
        ],
        "5.19": [
            Cause(
                "a new connection has a name at once: names are kept after their client "
                    + "is gone; the key is `socket.id`, which is new each time"
            ) {
                $0.isAccepted
            }
        ],
        "5.20": [
            Cause(
                "a name of more than 1,000 bytes is accepted: `input.utf8.count > 1_000` has "
                    + "to be refused, since 20 characters can be many bytes"
            ) {
                $0.isAccepted
            },
            Cause(
                "the input is looked at before its bytes are counted: `utf8.count` comes "
                    + "before everything else"
            ) {
                $0.wantedError == "too long" && $0.error != nil
            },
            Cause("a name of 810 bytes is refused: the limit is 1,000 bytes of UTF-8") {
                $0.isRefused
            },
        ],
        "5.21": [
            Cause(
                "letters of another width count as other letters: `key` needs the "
                    + "compatibility form, `precomposedStringWithCompatibilityMapping`"
            ) {
                $0.isAccepted
            },
            Cause(
                "the answer has the key in place of the name: only the comparison is to use "
                    + "the compatibility form"
            ) {
                $0.otherAnswer?.arrived["ok"] == true
            },
        ],
        "5.22": [
            Cause { evidence in
                guard evidence.isAccepted, let name = evidence.lastText else { return nil }
                let scalar = name.unicodeScalars.dropLast().last.map {
                    String($0.value, radix: 16, uppercase: true)
                }
                return "a name with U+\(scalar ?? "?") is accepted: it is missing in "
                    + "`forbidden`, or "
                    + "counts as a part of an emoji where there is none"
            },
            Cause { evidence in
                guard evidence.isRefused, evidence.error == "invalid" else { return nil }
                return "an emoji is refused: what holds it together (a joiner, a selector, a "
                    + "keycap) has to be taken out before `forbidden` is looked for"
            },
        ],
    ]
}

/// Characters that have no place in a name.
private nonisolated func forbiddenCauses() -> [Cause] {
    [
        Cause("the length is tested before the characters: \"invalid\" comes before \"too long\"") {
            $0.error == "too long" && ($0.lastText?.count ?? 0) > 20
        },
        Cause { evidence in
            guard evidence.isAccepted, let name = evidence.lastText else { return nil }
            return "the name \(bounded(name.debugDescription, 60)) is accepted: the test for "
                + "`forbidden` characters is missing, or does not know all of them"
        },
        Cause(
            "a family emoji is refused as \"invalid\": take the emoji out first, then look "
                + "for forbidden characters"
        ) {
            $0.isRefused && $0.error == "invalid"
        },
    ]
}

/// Texts: trimmed, not empty, not too long.
private nonisolated func textCauses() -> [Cause] {
    [
        Cause("a text of blanks is accepted: trim it first, then ask `isEmpty`") {
            $0.isAccepted && $0.wantedError == "empty" && $0.lastText != ""
        },
        Cause(
            "an empty text is accepted: the text is not tested, as in the name's case by "
                + "`problem(…)`"
        ) {
            $0.isAccepted && $0.wantedError == "empty"
        },
        Cause(
            "2,001 characters are accepted: the length of a text is not tested, or its limit "
                + "is another than 2,000"
        ) {
            $0.isAccepted && $0.wantedError == "too long"
        },
        Cause("the text is sent as it was typed, with the blanks around it: send the trimmed one") {
            $0.otherEvent?.arrived.field("text")?.string?.first?.isWhitespace == true
        },
        Cause(
            "2,000 characters are refused: bytes or code units are counted, or the limit is "
                + "smaller"
        ) {
            $0.isRefused && $0.error == "too long"
        },
    ]
}
