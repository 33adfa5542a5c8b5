// What the checks of the bonus stages begin with: clients that come with a token or a name,
// requests with JSON, a program that is killed and started again. In: a context. Out: clients,
// answers.
// Next: TokenForge.swift, Surroundings.swift, Stage9Checks.swift.

import CourseLanguage
import Foundation

extension CheckContext {
    /// A client that has not connected yet.
    func stranger(at server: Program? = nil) throws -> ChatClient {
        let name = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(clients.count % 26)))
        let client = try ChatClient(name: name, context: self, server: server)
        clients.append(client)
        return client
    }

    /// What a new client is answered that asks to join: `40{…}` or `44{…}`.
    func knock(
        _ namespace: String = "/", _ auth: JSON? = nil, query: String = ""
    ) async throws -> String {
        try await stranger().knock(namespace, auth, query: query)
    }

    /// A client that has joined with this payload.
    func guest(
        _ auth: JSON, step id: String, at server: Program? = nil
    ) async throws -> ChatClient {
        let client = try stranger(at: server)
        try await step(id) {
            let answer = try await client.knock("/", auth)
            try require(
                answer.hasPrefix("40{"), "40{\"sid\":…}", arrived: "\(bounded(answer, 120))")
        }
        return client
    }

    // MARK: - Tokens

    /// Tokens with the secret that the program was given.
    var forge: TokenForge {
        TokenForge(secret: program.environment[Surroundings.tokenSecret] ?? "")
    }

    /// Seconds since 1970.
    var now: Int { Int(Date.now.timeIntervalSince1970) }

    /// A name that only small letters are in.
    func userName() -> String { text(count: 9) }

    /// A client with a token that is valid for so many seconds. Returns both.
    func signedIn(
        _ wanted: String? = nil, for seconds: Int = 600
    ) async throws -> (client: ChatClient, name: String) {
        let name = wanted ?? userName()
        let token = forge.token(["username": .string(name), "exp": .int(now + seconds)])
        let client = try await guest(["token": .string(token)], step: "9.2")
        client.nickname = name
        return (client, name)
    }

    /// The connect_error that a client with a token gets.
    func requireRefusal(_ token: JSON?, is message: String, _ what: Sentence) async throws {
        let answer = try await knock("/", token.map { ["token": $0] })
        try require(
            answer == "44{\"message\":\"\(message)\"}", "\(what): 44{\"message\":\"\(message)\"}",
            arrived: "\(bounded(answer, 120))")
    }

    // MARK: - Requests

    /// Posts JSON. Returns the status, and what JSON came back.
    func post(
        _ target: String, _ value: JSON, token: String? = nil
    ) async throws -> (status: Int, body: JSON) {
        var fields = ["Content-Type": "application/json"]
        fields["Authorization"] = token.map { "Bearer \($0)" }
        let answer = try await request(
            "POST", target, fields: fields, body: ChatClient.text(value))
        let body = try? JSONDecoder().decode(JSON.self, from: Data(answer.text.utf8))
        return (answer.status, body ?? .null)
    }

    /// Posts JSON, which has to be answered so.
    func requirePost(
        _ target: String, _ value: JSON, token: String? = nil, is status: Int, _ body: JSON,
        _ what: Sentence = ""
    ) async throws {
        let answer = try await post(target, value, token: token)
        try require(
            answer.status == status,
            what.isEmpty ? "status \(status)" : "\(what): status \(status)",
            arrived: "\(answer.status)")
        try require(answer.body, is: body, what)
    }

    // MARK: - The program

    /// Kills the program in the middle of what it does, and starts it again.
    func restart() async throws {
        note("grader", "kills the program, and starts it again")
        do {
            try await program.restart()
        } catch {
            let last: Sentence =
                program.errorText.split(separator: "\n").last.map { Sentence(verbatim: $0) }
                ?? "look at what it reads at the beginning"
            throw Failure(
                expected: "a program that starts again", arrived: "\(bounded("\(error)", 300))",
                cause: "it does not start where an earlier run has stored something: \(last)")
        }
    }

    /// The folder that the program was given.
    var dataFolder: URL {
        URL(filePath: program.environment[Surroundings.dataFolder] ?? "/nonexistent")
    }

    /// What the program has stored, all files together.
    var stored: String {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: dataFolder.path)) ?? []
        return names.compactMap { try? Data(contentsOf: dataFolder.appending(path: $0)) }
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
    }
}
