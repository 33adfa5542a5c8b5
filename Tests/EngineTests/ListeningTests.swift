// Where a server listens, and what its clients are called then.

import Engine
import TestSupport
import Testing

@Suite("Listening", .serialized, .closesServers)
struct ListeningTests {
    private func address(_ app: App, through host: String) async throws -> String {
        let client = try RawClient(port: try #require(app.port), host: host)
        return try await client.request("GET", "/").text
    }

    @Test(
        """
        `::` and no host at all are this machine over IPv4 and IPv6, and a client has its own name
        """,
        arguments: ["::", nil])
    func both(host: String?) async throws {
        let app = closing(App())
        app.get("/") { request in .text(request.address) }
        try app.listen(port: 0, host: host)
        #expect(try await address(app, through: "127.0.0.1") == "127.0.0.1")
        #expect(try await address(app, through: "::1") == "::1")
    }

    @Test("a host of one family is that one alone")
    func one() async throws {
        let app = closing(App())
        app.get("/") { request in .text(request.address) }
        try app.listen(port: 0, host: "::1")
        #expect(try await address(app, through: "::1") == "::1")
        let other = try RawClient(port: try #require(app.port))
        try await other.waitForEnd()
    }
}
