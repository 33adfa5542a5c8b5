// What is likely wrong when a check of stage 3 or 4 fails. Next: Cause.swift, Stage5Causes.swift.

import CourseLanguage

nonisolated func stage3Causes() -> [String: [Cause]] {
    [
        "3.1": [
            Cause { evidence in
                let other = evidence.printed.last {
                    $0.hasPrefix("message")
                        && !$0.hasPrefix(
                            "message: ")
                        || $0 == "message: text" || $0 == "message: (text)"
                }
                return other.map {
                    "it prints \"\(bounded($0, 60))\"; the line has to be exactly \"message: "
                        + "\", and the text as it is, `\\(text)`"
                }
            },
            Cause { evidence in
                let other = evidence.printed.last { $0.hasPrefix("message: ") }
                guard let text = other?.dropFirst("message: ".count) else { return nil }
                let isID = text.count == 20 && !text.contains(" ")
                let what: Sentence = isID ? ", the socket's id" : ""
                return "it prints \"\(bounded(String(text), 60))\" behind \"message: \""
                    + "\(what): there belongs the text that came, "
                    + "`\\(text)`"
            },
            Cause(
                "the message is sent to clients, and not printed: `print(\"message: "
                    + "\\(text)\")`"
            ) {
                $0.receivedNames.contains("chat message")
            },
            Cause(
                "no line is printed: `print(\"message: \\(text)\")` is missing in the "
                    + "handler of \"chat message\", or not reached (is the test above it the "
                    + "other way round?), or has no line's end"
            ) {
                !$0.hasPrinted { $0 != "a user connected" && !$0.hasPrefix("a user disconnected") }
            },
        ],
        "3.2": [
            Cause(
                "each message is printed more than once: two `print` lines, or two handlers "
                    + "of \"chat message\""
            ) { evidence in
                let lines = evidence.printed.filter { $0.hasPrefix("message: ") }
                return lines.count > Set(lines).count
            },
            Cause(
                "messages are printed in another order than they came: a handler waits for "
                    + "something (`await`, a `Task`)"
            ) { evidence in
                evidence.printed.count { $0.hasPrefix("message: ") } >= 21
            },
        ],
        "3.4": [
            Cause(
                "an empty text is printed: `guard !text.isEmpty else { return }` above "
                    + "the `print`"
            ) { _ in true }
        ],
        "3.5": [
            Cause(
                "what is no text is printed too: the handler has to ask for a `String`, `{ "
                    + "(text: String) in`"
            ) {
                if case .noLine = $0.difference { false } else { true }
            }
        ],
    ]
}

nonisolated func stage4Causes() -> [String: [Cause]] {
    [
        "4.1": [
            Cause(
                "the text is printed, and not sent on: `io.emit(\"chat message\", text)` in "
                    + "place of the `print`"
            ) { evidence in
                evidence.noEvent != nil && evidence.receivers(of: "chat message").isEmpty
                    && evidence.hasPrinted { $0.hasPrefix("message: ") }
            }
        ],
        "4.2": [
            Cause("it is sent as \"user left\", and has to be sent as \"user joined\"") {
                $0.noEvent != nil && $0.receivers(of: "user joined").isEmpty
                    && !$0.receivers(of: "user left").isEmpty
            },
            Cause(
                "the newcomer alone hears \"user joined\": `socket.emit` speaks to this one "
                    + "client, `socket.broadcast.emit` to the others"
            ) {
                $0.noEvent != nil && $0.receivers(of: "user joined").map(\.name) == ["B"]
                    || $0.unwanted?.client == "B" && $0.received("user joined", at: "A").count == 1
            },
            Cause(
                "the newcomer hears of itself: `io.emit` reaches everyone, "
                    + "`socket.broadcast.emit` the others"
            ) {
                $0.unwanted?.client == "B"
            },
            Cause("\"user joined\" comes twice for one client: two lines send it") {
                $0.unwanted?.client == "A"
            },
            Cause(
                "\"user joined\" is sent to no client: `socket.broadcast.emit(\"user "
                    + "joined\")` is missing, directly inside of `io.onConnection`"
            ) {
                $0.noEvent != nil && $0.receivers(of: "user joined").isEmpty
            },
        ],
        "4.3": [
            Cause(
                "\"user left\" is sent when a client comes: it belongs inside of "
                    + "`socket.onDisconnect { reason in … }`"
            ) {
                $0.unwanted != nil && !$0.hasLeft
            },
            Cause("\"user joined\" is sent when a client leaves: it has to be \"user left\"") {
                !$0.received("user joined", at: "A").filter { [line = $0.lastLeft] in $0.line > line
                }.isEmpty
            },
            Cause("\"user left\" comes more than once for one client: two lines send it") {
                $0.unwanted != nil
            },
            Cause(
                "nothing is sent when a client leaves: in onDisconnect belongs "
                    + "`socket.broadcast.emit(\"user left\")` (`socket.emit` would speak to the "
                    + "one that is gone)"
            ) {
                $0.noEvent?.wanted.name == "user left" && $0.receivers(of: "user left").isEmpty
            },
        ],
        "4.4": [
            Cause("an empty text is sent on: `if !text.isEmpty` in front of the `emit`") {
                $0.otherEvent?.arrived.arguments == [""]
            }
        ],
        "4.5": [
            Cause(
                "what is no text is sent on: the handler has to ask for a `String`, `{ "
                    + "(text: String) in`"
            ) {
                $0.otherEvent != nil && $0.otherEvent?.arrived.arguments.first?.string == nil
            }
        ],
        "4.7": [
            Cause(
                "a newcomer gets what was said before: texts are kept, and sent again at a "
                    + "connection"
            ) {
                $0.otherEvent != nil
            }
        ],
        "4.8": [
            Cause(
                "messages arrive in another order than they were sent: the handler waits for "
                    + "something (`await`, a `Task`)"
            ) {
                $0.otherEvent != nil
                    && $0.otherEvent?.wanted.arguments.count
                        == $0.otherEvent?.arrived.arguments.count
            }
        ],
    ]
}
