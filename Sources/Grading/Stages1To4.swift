// The checks of stages 1 to 4: a page, a connection, an event, a chat.
// Next: Stages5To8.swift.

import Foundation

nonisolated func stage1Checks() -> [Check] {
    [
        Check(
            1, 1, .core, "GET / answers 200 with a page of HTML",
            cause: "the app has no pages, or no route for /"
        ) {
            let answer = try await $0.request("GET", "/")
            try require(answer.status == 200, "status 200", arrived: "\(answer.status)")
            let start = answer.text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
            try require(
                start.hasPrefix("<!doctype html"), "a page that begins with <!DOCTYPE html>",
                arrived: String(start.prefix(40)))
        },
        Check(
            1, 2, .edge, "the page says that it is HTML in UTF-8", needs: "1.1",
            cause: "the Content-Type is missing"
        ) {
            let type =
                try await $0.request("GET", "/").field("Content-Type")?.lowercased() ?? "none"
            try require(
                type.hasPrefix("text/html") && type.contains("utf-8"),
                "Content-Type: text/html; charset=utf-8", arrived: type)
        },
        Check(
            1, 3, .core, "the style sheet is served as CSS",
            cause: "only the page is served, not the files beside it"
        ) {
            let answer = try await $0.request("GET", "/chat.css")
            let type = answer.field("Content-Type")?.lowercased() ?? "none"
            try require(
                answer.status == 200 && type.hasPrefix("text/css"), "200 and text/css",
                arrived: "\(answer.status) and \(type)")
        },
        Check(1, 4, .core, "what is not there is 404", cause: "one answer for every path") {
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
            try require(
                answer.status == 405 && allowed.contains("GET"), "405 with Allow: GET, HEAD",
                arrived: "\(answer.status) with Allow: \(allowed)")
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
            cause: "the connection is closed after each answer"
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
            try require(answer.status == 200, "200 afterwards", arrived: "\(answer.status)")
        },
    ]
}

nonisolated func stage2Checks() -> [Check] {
    [
        Check(
            2, 1, .core, "the page loads the client and connects",
            cause: "the script tag or the call io() is missing"
        ) {
            let page = try await $0.request("GET", "/").text
            try require(
                page.contains("/socket.io/socket.io.js"),
                "<script src=\"/socket.io/socket.io.js\"> in the page",
                arrived: "a page without it")
            try require(
                page.contains("io("), "a call of io() in the page", arrived: "a page without it")
        },
        Check(
            2, 2, .edge, "the client's script is served",
            cause: "there is no Socket.IO server on the port"
        ) {
            let answer = try await $0.request("GET", "/socket.io/socket.io.js")
            let type = answer.field("Content-Type") ?? "none"
            try require(
                answer.status == 200 && type.contains("javascript"), "200 and JavaScript",
                arrived: "\(answer.status) and \(type)")
        },
        Check(
            2, 3, .core, "a client that connects is printed, once",
            cause: "onConnection is not set, or prints something else"
        ) {
            let before = $0.count { $0 == "a user connected" }
            _ = try await $0.client()
            _ = try await $0.client()
            await $0.settle(before + 2) { $0 == "a user connected" }
            let lines = $0.count { $0 == "a user connected" } - before
            try require(
                lines == 2, "two lines \"a user connected\" for two clients", arrived: "\(lines)")
        },
        Check(
            2, 4, .core, "a client that leaves is printed, with the reason", needs: "2.3",
            cause: "onDisconnect is not set, or prints without the reason"
        ) {
            let reason = "a user disconnected: client namespace disconnect"
            let before = $0.count { $0 == reason }
            let client = try await $0.client()
            client.leave()
            await $0.settle(before + 1) { $0 == reason }
            try require(
                $0.count { $0 == reason } == before + 1, "the line \"\(reason)\", once",
                arrived: "at the end: \($0.program.lines.suffix(5))")
        },
        Check(
            2, 5, .core, "a client that vanishes is printed as well", needs: "2.3",
            cause: "only one way of leaving is looked at"
        ) {
            let reason = "a user disconnected: transport close"
            let before = $0.count { $0 == reason }
            let client = try await $0.client()
            client.vanish()
            await $0.settle(before + 1) { $0 == reason }
            try require(
                $0.count { $0 == reason } == before + 1, "the line \"\(reason)\", once",
                arrived: "at the end: \($0.program.lines.suffix(5))")
        },
        Check(
            2, 6, .wire, "the handshake over polling names the session and its heartbeat",
            cause: "the open packet lacks a field"
        ) {
            let answer = try await $0.request("GET", polling)
            for field in [
                "0{\"sid\":\"", "\"upgrades\":[\"websocket\"]", "\"pingInterval\":",
                "\"pingTimeout\":",
                "\"maxPayload\":",
            ] {
                try require(
                    answer.text.contains(field), "\(field) in the open packet", arrived: answer.text
                )
            }
        },
        Check(
            2, 7, .wire, "a session that nobody knows is refused",
            cause: "unknown sessions are not told apart"
        ) {
            let answer = try await $0.request("GET", polling + "&sid=nobody")
            try require(answer.status == 400, "400", arrived: "\(answer.status) \(answer.text)")
        },
        Check(
            2, 8, .wire, "polling goes over to WebSocket by 2probe, 3probe and 5",
            cause: "the upgrade is not known"
        ) {
            let http = try $0.raw()
            let session = "&sid=\(try sid(in: try await http.request("GET", polling).text))"
            let socket = try $0.raw()
            try await socket.openWebSocket(webSocket + session)
            socket.sendFrame("2probe")
            let pong = try await socket.text()
            try require(pong == "3probe", "3probe", arrived: pong)
            socket.sendFrame("5")
            socket.sendFrame("40")
            var welcome = try await socket.text()
            // Some servers end the poll that is not there over the WebSocket.
            while welcome == "6" { welcome = try await socket.text() }
            try require(
                welcome.hasPrefix("40{\"sid\":\""), "40{\"sid\":…} over the WebSocket",
                arrived: welcome
            )
        },
        Check(
            2, 9, .wire, "a namespace that nobody has made is refused",
            cause: "every namespace is let in"
        ) {
            let client = try await $0.client()
            client.send("40/nowhere,")
            let answer = try await client.packet("44")
            try require(answer.hasPrefix("44/nowhere,"), "44/nowhere,…", arrived: answer)
        },
    ]
}

nonisolated func stage3Checks() -> [Check] {
    [
        Check(
            3, 1, .core, "a chat message is printed", upTo: 3,
            cause: "the event has another name, or nothing listens to it"
        ) {
            let client = try await $0.client()
            let text = $0.text()
            client.emit("chat message", .string(text))
            try await $0.printed("message: \(text)") { $0 == "message: \(text)" }
        },
        Check(
            3, 2, .core, "messages are printed in the order in which they came, from all clients",
            upTo: 3, needs: "3.1", cause: "handlers wait for something"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            let tag = $0.text(count: 8)
            for number in 0..<20 { a.emit("chat message", .string("\(tag) a\(number)")) }
            b.emit("chat message", .string("\(tag) b"))
            await $0.settle(21) { $0.hasPrefix("message: \(tag)") }
            let lines = $0.program.lines.filter { $0.hasPrefix("message: \(tag) a") }
            try require(
                lines == (0..<20).map { "message: \(tag) a\($0)" }, "20 lines in order",
                arrived: "\(lines)")
            try require(
                $0.count { $0 == "message: \(tag) b" } == 1, "the other client's line, once",
                arrived: "\($0.program.lines.suffix(3))")
        },
        Check(
            3, 3, .edge, "a text of 65,536 characters is printed whole", upTo: 3, needs: "3.1",
            cause: "a length is limited somewhere"
        ) {
            let client = try await $0.client()
            let text = $0.text(count: 65_536)
            client.emit("chat message", .string(text))
            try await $0.printed("message: … (65,536 characters)") { $0 == "message: \(text)" }
        },
        Check(
            3, 4, .edge, "an empty text is not printed", upTo: 3, needs: "3.1",
            cause: "the text is not looked at"
        ) {
            let client = try await $0.client()
            let fence = $0.text()
            client.emit("chat message", "")
            client.emit("chat message", .string(fence))
            try await $0.printed("message: \(fence)") { $0 == "message: \(fence)" }
            try require(
                $0.count { $0 == "message: " } == 0, "no line \"message: \"", arrived: "one")
        },
        Check(
            3, 5, .edge, "what is no text is not printed, and harms nobody", upTo: 3, needs: "3.1",
            cause: "the argument's type is taken for granted"
        ) {
            let client = try await $0.client()
            let before = $0.count { $0.hasPrefix("message:") }
            client.emit("chat message", 7)
            client.emit("chat message", ["text": "x"])
            client.emit("chat message")
            client.emit("chat message", nil)
            let fence = $0.text()
            client.emit("chat message", .string(fence))
            try await $0.printed("message: \(fence)") { $0 == "message: \(fence)" }
            let lines = $0.count { $0.hasPrefix("message:") } - before
            try require(lines == 1, "one line, for the text", arrived: "\(lines) lines")
        },
        Check(
            3, 6, .wire, "an event arrives over long-polling as well", upTo: 3, needs: "3.1",
            cause: "polling is not served"
        ) {
            let client = try $0.raw()
            let session =
                "\(polling)&sid=\(try sid(in: try await client.request("GET", polling).text))"
            _ = try await client.request("POST", session, body: "40")
            _ = try await client.request("GET", session)
            let text = $0.text(count: 12)
            _ = try await client.request("POST", session, body: "42[\"chat message\",\"\(text)\"]")
            try await $0.printed("message: \(text)") { $0 == "message: \(text)" }
        },
    ]
}

nonisolated func stage4Checks() -> [Check] {
    [
        Check(
            4, 1, .core, "a chat message reaches everyone, the sender included, once", upTo: 4,
            cause: "broadcast leaves the sender out; emit to the socket leaves the others out"
        ) {
            let (a, b, c) = (try await $0.client(), try await $0.client(), try await $0.client())
            let (text, fence) = ($0.text(), $0.text())
            a.emit("chat message", .string(text))
            a.emit("chat message", .string(fence))
            for client in [a, b, c] {
                try await client.expect("chat message", .string(text))
                try await client.expect("chat message", .string(fence))
            }
        },
        Check(
            4, 2, .core, "who comes is announced to the others, and not to the newcomer", upTo: 4,
            needs: "4.1", cause: "emit in place of broadcast"
        ) {
            let a = try await $0.client()
            let b = try await $0.client()
            try await a.expect("user joined")
            let fence = $0.text()
            b.emit("chat message", .string(fence))
            try await b.expect("chat message", .string(fence))
            try b.expectNone("user joined")
            try a.expectNone("user joined")
        },
        Check(
            4, 3, .core, "who leaves is announced to the others, once", upTo: 4, needs: "4.1",
            cause: "nothing is sent in onDisconnect"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            try await a.expect("user joined")
            b.vanish()
            try await a.expect("user left")
            let fence = $0.text()
            a.emit("chat message", .string(fence))
            try await a.expect("chat message", .string(fence))
            try a.expectNone("user left")
        },
        Check(
            4, 4, .edge, "an empty text is sent to nobody", upTo: 4, needs: "4.1",
            cause: "the text is not looked at"
        ) {
            let a = try await $0.client()
            let fence = $0.text()
            a.emit("chat message", "")
            a.emit("chat message", .string(fence))
            try await a.expect("chat message", .string(fence))
        },
        Check(
            4, 5, .edge, "what is no text is sent to nobody", upTo: 4, needs: "4.1",
            cause: "any argument is passed on"
        ) {
            let a = try await $0.client()
            let fence = $0.text()
            a.emit("chat message", 7)
            a.emit("chat message", ["x": 1])
            a.emit("chat message")
            a.emit("chat message", .string(fence))
            try await a.expect("chat message", .string(fence))
        },
        Check(
            4, 6, .edge, "a text of 65,536 characters arrives whole", upTo: 4, needs: "4.1",
            cause: "a length is limited somewhere"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            let text = $0.text(count: 65_536)
            a.emit("chat message", .string(text))
            try await b.expect("chat message", .string(text))
        },
        Check(
            4, 7, .edge, "a newcomer gets none of what was said before", upTo: 4, needs: "4.1",
            cause: "messages are kept and sent again"
        ) {
            let a = try await $0.client()
            let (text, fence) = ($0.text(), $0.text())
            a.emit("chat message", .string(text))
            try await a.expect("chat message", .string(text))
            let b = try await $0.client()
            a.emit("chat message", .string(fence))
            try await b.expect("chat message", .string(fence))
        },
        Check(
            4, 8, .edge, "many messages keep their order", upTo: 4, needs: "4.1",
            cause: "handlers wait for something"
        ) {
            let (a, b) = (try await $0.client(), try await $0.client())
            for number in 0..<100 { a.emit("chat message", .string("\(number)")) }
            for number in 0..<100 { try await b.expect("chat message", .string("\(number)")) }
        },
        Check(
            4, 9, .edge, "after five reconnects a message still comes once", upTo: 4, needs: "4.1",
            cause: "a listener is set again at each connection"
        ) {
            let a = try await $0.client()
            for _ in 0..<5 { try await $0.client().leave() }
            let (text, fence) = ($0.text(), $0.text())
            a.emit("chat message", .string(text))
            a.emit("chat message", .string(fence))
            try await a.expect("chat message", .string(text))
            try await a.expect("chat message", .string(fence))
        },
    ]
}
