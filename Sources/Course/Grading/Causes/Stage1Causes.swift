// What is likely wrong when a check of stage 1 or 2 fails. Next: Cause.swift, Stage3Causes.swift.

import CourseLanguage

nonisolated func stage1Causes() -> [String: [Cause]] {
    [
        "1.1": [
            Cause { evidence in
                guard let page = evidence.page, page.status == 404 else { return nil }
                let noFile = evidence.earlierLog.last { $0.contains("index.html is not there") }
                let place = noFile?.firstMatch(
                    of: /([^\/]*\/([^\/]+)\/index\.html) is not there/)
                if let place, place.output.2 == "mychat" {
                    return "there is no file \"\(place.output.1)\": `App(pages: …)` takes the "
                        + "folder's name in Public alone, \"mychat\"; or has index.html another "
                        + "name?"
                }
                if let name = place?.output.2 {
                    return "there is no page in the folder \"\(name)\": is that the folder's "
                        + "name in `App(pages: …)`? Yours is \"mychat\""
                }
                return "no page is served: `App(pages: \"mychat\")` in place of `App()`"
            },
            Cause("a route for / takes POST or the like, and hides the page from GET") {
                $0.page?.status == 405
            },
            Cause(
                "a route for / answers with a `.file(…)` that is not there: its path begins in "
                    + "Public, \"mychat/index.html\"; or take it out, the page comes from "
                    + "`App(pages: \"mychat\")`"
            ) {
                $0.page?.status == 500
                    && $0.log.contains { $0.contains("NSCocoaErrorDomain Code=260") }
            },
            Cause(
                "a route for / fails with an error before the page is sent: take it out, the page "
                    + "comes from `App(pages: \"mychat\")`"
            ) {
                $0.page?.status == 500
            },
            Cause(
                "a route for / answers with plain text in place of the page: is the "
                    + "starter's `app.get(\"/\")` still there? The page comes from `App(pages: "
                    + "\"mychat\")`"
            ) {
                $0.page?.status == 200
                    && $0.page?.field("Content-Type")?.lowercased().hasPrefix("text/plain") == true
            },
            Cause(
                "a route for / answers in place of the page: take it out, the page comes "
                    + "from `App(pages: \"mychat\")`"
            ) {
                $0.page?.status == 200
                    && $0.page?.field("Content-Type")?.lowercased().hasPrefix("text/html") == false
            },
            Cause("index.html is empty, or all of it is in a comment") { evidence in
                guard let page = evidence.page, page.status == 200 else { return false }
                return !Markup(page.text).hasElements
            },
            Cause(
                "a piece of HTML comes in place of a page: does a route for / answer with a "
                    + "string? The page comes from `App(pages: \"mychat\")`, and index.html "
                    + "begins with `<!DOCTYPE html>`"
            ) {
                $0.page?.status == 200
                    && $0.page?.text.contains(/(?i)<(?:html|head|body|!doctype)/) == false
            },
            Cause(
                "the page does not begin with `<!DOCTYPE html>`: that is its first line, "
                    + "above `<html>`"
            ) {
                $0.page?.status == 200
            },
        ],
        "2.6": [
            Cause("long-polling is refused: `transports` in the options has to have `.polling`") {
                $0.page?.text.contains("Transport unknown") == true
            }
        ],
        "1.2": [
            Cause("the page is sent as plain text: `.html(…)` in place of `.text(…)`") {
                $0.page?.field("Content-Type")?.hasPrefix("text/plain") == true
            }
        ],
        "1.3": [
            Cause(
                "no page and no style sheet is served: `App(pages: \"mychat\")` in place of "
                    + "`App()`"
            ) {
                $0.page?.status == 404 && $0.requests.first?.answer.status == 404
            },
            Cause(
                "a page is served, and no style sheet: `App(pages: \"mychat\")` serves both, "
                    + "`App()` none"
            ) {
                // Pages are served with an ETag, what a route answers without.
                $0.page?.status == 404 && $0.requests.first?.answer.field("ETag") == nil
            },
            Cause("a route of yours answers for /chat.css; without it the style sheet is served") {
                $0.page?.status == 200 || $0.page?.status == 404
            },
        ],
        "1.4": [
            Cause(
                "a route answers every path, \"*\" for instance: it has to answer 404 for "
                    + "what is not there"
            ) {
                $0.page?.status == 200
            },
            Cause("a route fails with an error for a path that is not there") {
                $0.page?.status == 500
            },
        ],
        "1.6": [
            Cause("a route answers a POST to /") { ($0.page?.status ?? 0) < 300 },
            Cause("405 came without the field Allow") { $0.page?.status == 405 },
        ],
        "2.3": stage2Lines(), "2.4": leavingLines(), "2.5": leavingLines(), "2.11": leavingLines(),
    ]
}

/// The line of a client that connects.
private nonisolated func stage2Lines() -> [Cause] {
    let line = "a user connected"
    return [
        Cause { evidence in
            let near = evidence.printed.first {
                Spelling.isNear($0, line) || $0 != line && $0.hasPrefix(line)
                    || $0.lowercased().contains("connected")
                        && !$0.contains(
                            "disconnected")
                        && $0 != line
            }
            return near.map {
                "it prints \"\(bounded($0, 80))\"; the line has to be exactly \"\(line)\""
            }
        },
        Cause("a client is printed more than once: two `print` lines, or two `onConnection`") {
            $0.printed.count { $0 == line } > 2
        },
        Cause(
            "a client is printed when it leaves, not when it comes: the `print` stands "
                + "inside of onDisconnect"
        ) {
            $0.hasLeft && $0.printed.contains(line)
        },
        Cause(
            "only some clients are printed: the `print` has to run for each connection, "
                + "without a test in front of it"
        ) {
            $0.printed.contains(line)
        },
        Cause(
            "the line is printed when the program starts, and not for each client: `print` belongs "
                + "inside of `io.onConnection { socket in … }`"
        ) {
            $0.printed.allSatisfy { $0.hasPrefix("a user disconnected") }
                && $0.earlierPrinted.contains(line)
        },
        Cause(
            "nothing is printed: `io.onConnection { socket in print(\"\(line)\") }` is "
                + "missing, is not reached, or stands below `app.run()`"
        ) {
            $0.printed.allSatisfy { $0.hasPrefix("a user disconnected") }
        },
    ]
}

/// The line of a client that leaves.
private nonisolated func leavingLines() -> [Cause] {
    let line = "a user disconnected: "
    return [
        Cause { evidence in
            let lines = evidence.printed.filter { $0 != "a user connected" }
            if lines.contains(where: { $0 == line + "reason" || $0 == line + "(reason)" }) {
                return "it prints the word `reason`; the value is written as `\\(reason)`"
            }
            if let other = lines.last(where: {
                $0.hasPrefix("a user disconnected") && !$0.hasPrefix(line)
            }) {
                return "it prints \"\(bounded(other, 80))\" without \": \" and the reason "
                    + "behind it: `print(\"a user disconnected: \\(reason)\")`"
            }
            let known = lines.last {
                !$0.hasPrefix(line)
                    && ($0.lowercased().contains("disconnect") || $0.contains("client namespace")
                        || $0.contains("transport"))
            }
            if let known {
                return "it prints \"\(bounded(known, 80))\"; the line has to begin with "
                    + "exactly \"\(line)\""
            }
            return nil
        },
        Cause(
            "the line comes more than once for one client: two `print` lines, or two "
                + "`onDisconnect`"
        ) {
            $0.printed.count { $0.hasPrefix(line) } > 1
        },
        Cause { evidence in
            guard let other = evidence.printed.last(where: { $0.hasPrefix(line) }) else {
                return nil
            }
            return "it prints \"\(bounded(other, 80))\": behind the colon belongs the reason "
                + "as it is, `\\(reason)`"
        },
        Cause(
            "nothing is printed when a client leaves: `socket.onDisconnect { reason in … }` "
                + "is missing inside of `io.onConnection`, or there is no `print` in it"
        ) {
            !$0.printed.contains { $0.hasPrefix(line) }
        },
    ]
}
