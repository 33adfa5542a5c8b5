// What is likely wrong when a check of stage 11 fails. Next: Cause.swift.

import CourseLanguage

nonisolated func stage11Causes() -> [String: [Cause]] {
    historyCauses().merging(storeCauses()) { first, _ in first }
}

extension Evidence {
    /// The offsets of the message that was wanted, and of the one that came.
    fileprivate var otherOffset: (wanted: Int, arrived: Int)? {
        guard let other = otherEvent, let wanted = other.wanted.arguments.last?.int,
            other.arrived.arguments.count > 1, let arrived = other.arrived.arguments[1].int
        else { return nil }
        return (wanted, arrived)
    }
}

private nonisolated let missing = Cause(
    "a message that was acknowledged is not there: is it "
        + "remembered, and told to who comes later?"
) { $0.noEvent?.wanted.name == "chat message" }

private nonisolated func historyCauses() -> [String: [Cause]] {
    [
        "11.1": [
            Cause(
                "the second argument of the event is not its offset: `io.emit(\"chat message\", "
                    + "message, offset)`"
            ) {
                guard let arrived = $0.otherEvent?.arrived.arguments else { return false }
                return arrived.count < 2 || arrived[1].int == nil
            },
            Cause("the sender does not get its own message: `io.emit` reaches everyone") {
                $0.noEvent?.client == "B"
            },
            Cause("the acknowledgement has no offset: {\"ok\": true, \"offset\": 7}") {
                $0.otherAnswer?.arrived["ok"] == true
            },
            missing,
        ],
        "11.2": [
            Cause { evidence in
                guard let (wanted, arrived) = evidence.otherOffset else { return nil }
                return arrived < wanted
                    ? "what a client has heard already is told again: leave out as many entries "
                        + "as `auth.serverOffset` says"
                    : "the history begins too late: the first message behind `auth.serverOffset` "
                        + "is \(wanted)"
            },
            missing,
        ],
        "11.3": [
            Cause("the second sending gets an offset of its own: look the id up first") {
                $0.expected.contains("again")
            },
            missing,
        ],
        "11.8": [
            Cause(
                "who was recovered gets its messages twice: once from the engine, once from your "
                    + "history. `if !socket.recovered`"
            ) {
                if let (wanted, arrived) = $0.otherOffset { arrived < wanted } else { false }
            },
            missing,
        ],
        "11.9": [
            Cause(
                "they arrive in another order than their offsets say: no await between the "
                    + "offset and the emit"
            ) { $0.expected.contains("in order") },
            missing,
        ],
    ]
}

private nonisolated func storeCauses() -> [String: [Cause]] {
    [
        "11.4": [
            Cause(
                "after a restart the offsets begin anew, or leave some out: count the entries "
                    + "that were read"
            ) { $0.expected.contains("next") },
            Cause(
                "what was acknowledged is gone after a restart: append it to the file, and read "
                    + "the file at the start"
            ) { $0.noEvent?.wanted.name == "chat message" },
        ],
        "11.5": [
            Cause(
                "what is sent again after a restart is stored again: the id has to be in each "
                    + "line, and be read back"
            ) {
                $0.expected.contains("again") || $0.expected.contains("in all")
            },
            missing,
        ],
        "11.6": [
            Cause(
                "the acknowledgement comes before the message is in the file: write and "
                    + "synchronize first, then return"
            ) { $0.arrived == "not there yet" },
            Cause(
                "a message was acknowledged, and there is no journal.jsonl in the folder that "
                    + "DATA_DIR names: it is written later, or lies elsewhere"
            ) { $0.arrived == "no such file" },
        ],
        "11.7": [
            Cause(
                "what was stored behind a torn line is lost at the next start: cut the file "
                    + "behind its last line end before you append"
            ) {
                $0.noEvent?.wanted.name == "chat message"
            },
            Cause("it does not start with a torn line: leave out what follows the last line end") {
                $0.expected.contains("starts again")
            },
        ],
        "11.10": [
            Cause(
                "a message is lost since somebody else has had the same id: an id belongs to its "
                    + "sender"
            ) { $0.noEvent?.wanted.name == "chat message" },
            Cause("what is refused is stored all the same") {
                $0.expected.contains("nothing refused")
            },
            Cause("an offset that is no right number ends the connection: take 0 then") {
                $0.expected.contains("40")
            },
        ],
    ]
}
