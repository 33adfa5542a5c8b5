// Stage 2: a connection, and the printed lines. Next: Stage3Checks.swift.

import CourseLanguage
import Foundation

nonisolated func stage2Checks() -> [Check] {
    [
        Check(
            2, 1, .core, "the page loads the client and connects",
            cause: "the script tag or the call io() is missing"
        ) {
            let page = Markup(try await $0.request("GET", "/").text)
            let other = page.text.firstMatch(of: /src="?([^"\s>]*socket\.io[^"\s>]*)/)?.output.1
            guard page.contains("/socket.io/socket.io.js") else {
                throw Failure(
                    expected: "<script src=\"/socket.io/socket.io.js\"> in the page",
                    arrived: other.map { "a page with \(bounded(String($0), 60))" }
                        ?? "a page without it",
                    cause: other == nil
                        ? "the page does not load the client: `<script "
                            + "src=\"/socket.io/socket.io.js\">` "
                            + "above your own script, and not in a comment"
                        : "the client's script has the address /socket.io/socket.io.js")
            }
            guard page.text.contains(/\bio\(/) else {
                throw Failure(
                    expected: "a call of io() in the page", arrived: "a page without it",
                    cause: "the page loads the client and does not connect: "
                        + "`const socket = io();` in a script below")
            }
            let opening = try await $0.request("GET", polling)
            guard opening.status != 404 else {
                throw Failure(
                    expected: "a Socket.IO server at /socket.io/", arrived: "404",
                    .noServer(opening.status))
            }
        },
        Check(
            2, 2, .edge, "the client's script is served",
            cause: "there is no Socket.IO server on the port"
        ) {
            let answer = try await $0.request("GET", "/socket.io/socket.io.js")
            let type = answer.field("Content-Type") ?? "none"
            let isThere = answer.status == 200 && type.contains("javascript")
            guard isThere else {
                let opening = try await $0.request("GET", polling)
                var failure = Failure(
                    expected: "200 and JavaScript", arrived: "\(answer.status) and \(type)",
                    opening.status == 404 ? .noServer(404) : .other)
                if opening.status == 404 { failure.step = "2.1" }
                throw failure
            }
        },
        Check(
            2, 3, .core, "a client that connects is printed, once",
            cause: "onConnection is not set (or below app.run()), or prints something else"
        ) {
            let before = $0.count { $0 == "a user connected" }
            let first = try await $0.client()
            _ = try await $0.client()
            await $0.settle(before + 2) { $0 == "a user connected" }
            let lines = $0.count { $0 == "a user connected" } - before
            // Whether the line comes at the wrong end is for the likely cause.
            if lines == 0 {
                first.leave()
                let context = $0
                try? await eventually("a line", within: 500) { !context.printedLines.isEmpty }
            }
            try require(
                lines == 2, "two lines \"a user connected\" for two clients",
                arrived: "\(lines) such lines; \($0.lastLines)")
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
                arrived: $0.lastLines)
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
                arrived: $0.lastLines)
        },
        Check(
            2, 6, .wire, "the handshake over polling names the session and its heartbeat",
            cause: "there is no Socket.IO server yet, or the open packet lacks a field"
        ) {
            let answer = try await $0.opening()
            for field in [
                "0{\"sid\":\"", "\"upgrades\":[\"websocket\"]", "\"pingInterval\":",
                "\"pingTimeout\":",
                "\"maxPayload\":",
            ] {
                try require(
                    answer.text.contains(field), "\(field) in the open packet",
                    arrived: "\(bounded(answer.text, 160))")
            }
        },
        Check(
            2, 7, .wire, "a session that nobody knows is refused",
            cause: "unknown sessions are not told apart"
        ) {
            _ = try await $0.opening()
            let answer = try await $0.request("GET", polling + "&sid=nobody")
            try require(
                answer.status == 400, "400",
                arrived: "\(answer.status) \(bounded(answer.text, 80))")
        },
        Check(
            2, 8, .wire, "polling goes over to WebSocket by 2probe, 3probe and 5",
            cause: "the upgrade is not known"
        ) {
            _ = try await $0.opening()
            let http = try $0.raw()
            let session = "&sid=\(try sid(in: try await http.request("GET", polling).text))"
            let socket = try $0.raw()
            try await socket.openWebSocket(webSocket + session)
            socket.sendFrame("2probe")
            let pong = try await socket.text()
            try require(pong == "3probe", "3probe", arrived: "\(pong)")
            socket.sendFrame("5")
            socket.sendFrame("40")
            var welcome = try await socket.text()
            // Some servers end the poll that is not there over the WebSocket.
            while welcome == "6" { welcome = try await socket.text() }
            try require(
                welcome.hasPrefix("40{\"sid\":\""), "40{\"sid\":…} over the WebSocket",
                arrived: "\(welcome)"
            )
        },
        Check(
            2, 9, .wire, "a namespace that nobody has made is refused",
            cause: "every namespace is let in"
        ) {
            let client = try await $0.client()
            client.send("40/nowhere,")
            let answer = try await client.packet("44")
            try require(answer.hasPrefix("44/nowhere,"), "44/nowhere,…", arrived: "\(answer)")
        },
        Check(
            2, 10, .wire, "the server sends a ping after each pingInterval", heartbeat: true,
            cause: "no timer, or the client is expected to ping"
        ) {
            _ = try await $0.opening()
            // On a busy machine the grader itself may answer too late, and is dropped for that.
            for _ in 0..<3 {
                if try await answersPings(try $0.raw()) { return }
            }
            throw Failure(
                expected: "a ping after each answer to one", arrived: "the end of the WebSocket")
        },
        Check(
            2, 11, .wire, "a client that answers no ping is dropped after pingTimeout",
            heartbeat: true, needs: "2.10",
            cause: "silence is not noticed, or noticed too early"
        ) {
            let line = "a user disconnected: "
            let before = $0.count { $0.hasPrefix(line) }
            let (interval, timeout) = Check.heartbeat
            // From before the beginning: however late we read what comes, a server that waits as
            // long as it should does not seem to be too early.
            let begin = ContinuousClock.now
            let client = try $0.raw()
            try await client.openWebSocket(webSocket)
            _ = try await client.text()
            client.sendFrame("40")
            var text = try await client.text()
            while text != "2" { text = try await client.text() }
            try? await client.waitForEnd()
            let waited = Int((ContinuousClock.now - begin) / .milliseconds(1))
            try require(
                client.hasEnded && waited > interval + timeout * 8 / 10,
                "the end of the connection \(interval) + \(timeout) ms after its beginning",
                arrived: client.hasEnded ? "the end after \(waited) ms" : "nothing")
            let context = $0
            await $0.settle(before + 1) { $0.hasPrefix(line) }
            try await $0.step("2.4") {
                try require(
                    context.count { $0.hasPrefix(line) } == before + 1,
                    "a line \"\(line)…\", once",
                    arrived: context.lastLines)
            }
        },
    ]
}

/// Answers three pings. False: the server has closed the connection before.
private func answersPings(_ client: RawClient) async throws -> Bool {
    try await client.openWebSocket(webSocket)
    _ = try await client.text()
    for _ in 0..<3 {
        let (first, payload): (UInt8, [UInt8])
        do { (first, payload) = try await client.frame() } catch {
            if client.hasEnded { return false }
            throw error
        }
        if first == 0x88 { return false }
        let ping = String(decoding: payload, as: UTF8.self)
        try require(first == 0x81 && ping == "2", "the ping 2", arrived: "\(ping)")
        client.sendFrame("3")
    }
    return true
}
