// Stage 1: a page, a style sheet, and what is not there. Next: Stage2Checks.swift.

import Foundation

nonisolated func stage1Checks() -> [Check] {
    [
        Check(
            1, 1, .core, "GET / answers 200 with a page of HTML",
            cause: "the app has no pages, or a route for / answers in their place"
        ) {
            let answer = try await $0.request("GET", "/")
            try require(answer.status == 200, "status 200", arrived: "\(answer.status)")
            // Some editors begin a file with a byte order mark, and browsers pass over it.
            let page = Markup(answer.text)
            let start = String(page.text.drop { $0 == "\u{FEFF}" || $0.isWhitespace })
            let beginning = bounded(start, 60)
            try require(
                start.lowercased().hasPrefix("<!doctype html"),
                "a page that begins with <!DOCTYPE html>",
                arrived: beginning.isEmpty ? "nothing but comments" : "\(beginning)")
            try require(page.hasElements, "elements in the page", arrived: "\(beginning)")
        },
        Check(
            1, 2, .edge, "the page says that it is HTML in UTF-8", needs: "1.1",
            cause: "the Content-Type is missing"
        ) {
            let type =
                try await $0.request("GET", "/").field("Content-Type")?.lowercased() ?? "none"
            try require(
                type.hasPrefix("text/html") && type.contains("utf-8"),
                "Content-Type: text/html; charset=utf-8", arrived: "\(type)")
        },
        Check(
            1, 3, .core, "the style sheet is served as CSS",
            cause: "only the page is served, not the files beside it"
        ) {
            _ = try await $0.request("GET", "/")
            let answer = try await $0.request("GET", "/chat.css")
            let type = answer.field("Content-Type")?.lowercased() ?? "none"
            try require(
                answer.status == 200 && type.hasPrefix("text/css"), "200 and text/css",
                arrived: "\(answer.status) and \(type)")
        },
        Check(1, 4, .edge, "what is not there is 404", cause: "one answer for every path") {
            for path in ["/nothing-\($0.random(1_000_000))", "/step1/nothing.html"] {
                let answer = try await $0.request("GET", path)
                try require(answer.status == 404, "404 for \(path)", arrived: "\(answer.status)")
            }
        },
        Check(
            1, 5, .wire, "HEAD / is GET / without the body", needs: "1.1",
            cause: "HEAD is not known, or sends a body"
        ) {
            let get = try await $0.request("GET", "/")
            let client = try $0.raw()
            client.send(RawClient.request("HEAD", "/") + RawClient.request("GET", "/nothing"))
            let head = try await client.answer(hasBody: false)
            let next = try await client.answer()
            try require(
                head.status == 200 && head.field("Content-Length") == get.field("Content-Length"),
                "200 and the Content-Length of the page", arrived: "\(head.status)")
            try require(
                next.status == 404, "the next answer right behind the head",
                arrived: "\(next.status)")
        },
        Check(
            1, 6, .wire, "POST / is 405 and says what is allowed",
            cause: "methods are not told apart"
        ) {
            let answer = try await $0.request("POST", "/", body: "x")
            let allowed = answer.field("Allow") ?? "none"
            // Where there is no page, there is nothing to be allowed.
            try await $0.step(answer.status == 404 ? "1.1" : "1.6") {
                try require(
                    answer.status == 405 && allowed.contains("GET"), "405 with Allow: GET, HEAD",
                    arrived: "\(answer.status) with Allow: \(allowed)")
            }
        },
        Check(
            1, 7, .wire, "no file outside of the folder is served",
            cause: "the path is put together unchecked"
        ) {
            for path in [
                "/../Package.swift", "/%2e%2e/Package.swift", "/..%2fPackage.swift",
                "/step1/../../Package.swift",
            ] {
                let answer = try await $0.request("GET", path)
                try require(
                    answer.status >= 400 && !answer.text.contains("PackageDescription"),
                    "an error for \(path)", arrived: "\(answer.status)")
            }
        },
        Check(
            1, 8, .wire, "one connection serves several requests, also sent ahead",
            needs: "1.3", cause: "the connection is closed after each answer"
        ) {
            let client = try $0.raw()
            client.send(String(repeating: RawClient.request("GET", "/chat.css"), count: 3))
            for _ in 0..<3 {
                let answer = try await client.answer()
                try require(
                    answer.status == 200, "three answers of 200", arrived: "\(answer.status)")
            }
        },
        Check(
            1, 9, .wire, "what is no request is refused, and the server lives on",
            cause: "bad input ends the program"
        ) {
            for junk in [
                "GARBAGE\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n",
            ] {
                let client = try $0.raw()
                client.send(junk)
                let answer = try await client.answer()
                try require(answer.status == 400, "400", arrived: "\(answer.status)")
            }
            let answer = try await $0.request("GET", "/")
            try await $0.step("1.1") {
                try require(answer.status == 200, "200 afterwards", arrived: "\(answer.status)")
            }
        },
    ]
}
