// What checks begin with: clients that have joined, clients with a nickname; and how a step that
// fails is told apart from a check's own business. In: a context. Out: clients, or a failure that
// names the check which is about the step. Next: ChatClient.swift.

import EngineSockets

extension CheckContext {
    /// The answer to a handshake over polling. Without a Socket.IO server there is none.
    func opening() async throws -> RawClient.Answer {
        let answer = try await request("GET", polling)
        guard answer.status != 404 else {
            var failure = Failure(
                expected: "a Socket.IO server at /socket.io/", arrived: "404", .noServer(404))
            failure.step = "2.1"
            throw failure
        }
        return answer
    }

    /// A client that has joined.
    package func client() async throws -> ChatClient {
        let name = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(clients.count % 26)))
        let client = try ChatClient(name: name, context: self)
        clients.append(client)
        try await step("2.1") { try await client.join() }
        return client
    }

    /// A client with a nickname: this one, or a plain one. Returns both.
    package func named(_ wanted: String? = nil) async throws -> (client: ChatClient, name: String) {
        let client = try await client()
        let name = wanted ?? nickname()
        try await step("5.1") { try await client.claim(name) }
        return (client, name)
    }

    /// What a check needs before its own business, and the check that is about that. If it fails,
    /// the report speaks of that check.
    @discardableResult
    func step<Value>(_ check: String, _ act: () async throws -> Value) async throws -> Value {
        do {
            return try await act()
        } catch var failure as Failure {
            failure.step = failure.step ?? check
            throw failure
        }
    }

    /// Tries again, as long as anything may take, until it does not fail.
    func again(_ act: () async throws -> Void) async throws {
        let limit = monotonicMilliseconds() + patience / 2
        while true {
            do {
                return try await act()
            } catch let failure as Failure {
                guard monotonicMilliseconds() < limit, case .otherAnswer = failure.difference
                else { throw failure }
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }
}
