// A client that polls, for the suite about the end of a session. Next: SessionEndTests.swift.

import Engine
import TestSupport
import Testing

extension SessionEndTests {
    /// A client that polls, joins the main namespace, and has fetched the answer.
    struct PollingClient {
        let client: RawClient
        let target: String
        let port: Int

        init(_ port: Int) async throws {
            self.port = port
            client = try RawClient(port: port)
            target = "\(polling)&sid=\(try sid(in: try await client.request("GET", polling).text))"
            #expect(try await post("40") == "ok")
            #expect(try await poll().hasPrefix("40{"))
        }

        func poll() async throws -> String { try await client.request("GET", target).text }

        /// Leaves a poll waiting. Sent in one piece: when the first request is answered, the second
        /// has been read as well.
        func beginPoll() async throws {
            client.send(
                RawClient.request("POST", target, body: "3") + RawClient.request("GET", target))
            #expect(try await client.answer().text == "ok")
        }

        func post(_ body: String) async throws -> String {
            try await client.request("POST", target, body: body).text
        }

        /// A WebSocket that may take the session over, and has been answered.
        func probe() async throws -> RawClient {
            let upgrade = try RawClient(port: port)
            let id = String(target.split(separator: "=").last ?? "")
            try await upgrade.openWebSocket("\(webSocket)&sid=\(id)")
            upgrade.sendFrame("2probe")
            #expect(try await upgrade.text() == "3probe")
            return upgrade
        }

        /// Sends a POST over a connection of its own, while a poll waits on the first.
        func postBeside(_ body: String) async throws {
            let other = try RawClient(port: port)
            _ = try await other.request("POST", target, body: body)
            other.vanish()
        }

        func expectUnknown() async throws {
            let answer = try await client.request("GET", target)
            #expect(answer.status == 400)
            #expect(answer.text.contains("Session ID unknown"))
        }
    }
}
