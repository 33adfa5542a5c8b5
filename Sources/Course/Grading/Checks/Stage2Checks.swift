// Stage 2: a connection, and the printed lines. Next: Stage3Checks.swift.

import Foundation

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
            cause: "onConnection is not set (or below app.run()), or prints something else"
        ) {
            let before = $0.count { $0 == "a user connected" }
            _ = try await $0.client()
            _ = try await $0.client()
            await $0.settle(before + 2) { $0 == "a user connected" }
            let lines = $0.count { $0 == "a user connected" } - before
            try require(
                lines == 2, "two lines \"a user connected\" for two clients",
                arrived: "\(lines); printed at the end: \($0.program.lines.suffix(4))")
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
            cause: "there is no Socket.IO server yet, or the open packet lacks a field"
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
        Check(
            2, 10, .wire, "the server sends a ping after each pingInterval", heartbeat: true,
            cause: "no timer, or the client is expected to ping"
        ) {
            let client = try $0.raw()
            try await client.openWebSocket(webSocket)
            _ = try await client.text()
            for _ in 0..<3 {
                let ping = try await client.text()
                try require(ping == "2", "the ping 2", arrived: ping)
                client.sendFrame("3")
            }
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
            await $0.settle(before + 1) { $0.hasPrefix(line) }
            try require(
                $0.count { $0.hasPrefix(line) } == before + 1, "a line \"\(line)…\", once",
                arrived: "at the end: \($0.program.lines.suffix(5))")
        },
    ]
}
