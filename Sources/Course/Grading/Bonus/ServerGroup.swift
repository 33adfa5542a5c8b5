// Several servers of the program under test, and a Redis between them. In: a program,
// which says how it is started. Out: servers that listen. Next: BonusSteps.swift, ../Program.swift.

import CourseLanguage
import EngineSockets
import Foundation

/// Why a check is not judged, though nothing is wrong with the program.
struct NotJudged: Error {
    let reason: Sentence
}

/// A Redis of its own, and servers that know its address.
final class ServerGroup {
    private let redis: Program
    private let address: String
    private(set) var servers: [Program] = []

    /// Starts a Redis that stores nothing. Throws `NotJudged` where none is installed.
    init() async throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
            .split(separator: ":")
        let places = folders.map { URL(filePath: "\($0)/redis-server") }
        guard
            let place = places.first(where: {
                FileManager.default.isExecutableFile(atPath: $0.path)
            })
        else {
            throw NotJudged(
                reason: "not judged: there is no redis-server on this machine "
                    + "(apt-get install redis-server, brew install redis)")
        }
        let port = try Subject.freePort()
        address = "redis://127.0.0.1:\(port)"
        redis = try Program(
            place,
            [
                "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                "--dir", FileManager.default.temporaryDirectory.path,
            ])
        let isReady = { [redis] in redis.text.contains("Ready to accept connections") }
        try? await eventually("Redis", within: 10_000) { isReady() || !redis.isRunning }
        guard isReady() else {
            redis.kill()
            throw NotJudged(
                reason: "not judged: redis-server did not start: \(redis.text.suffix(200))")
        }
    }

    /// Starts servers.
    func start(_ count: Int, like program: Program) async throws {
        for _ in 0..<count {
            servers.append(
                try program.twin([Surroundings.redis: address]) { try Subject.freePort() })
        }
        for server in servers { try await server.waitUntilReady() }
    }

    func end() {
        for server in servers { server.kill() }
        redis.kill()
    }
}

extension CheckContext {
    /// Two servers with a Redis between them.
    func twoServers() async throws -> (one: Program, two: Program) {
        note("grader", "starts redis-server, and two servers with REDIS_URL in their environment")
        let group = try await ServerGroup()
        self.group = group
        do {
            try await group.start(2, like: program)
        } catch {
            let errors = group.servers.map(\.errorText).joined()
            throw Failure(
                expected: "two servers that listen",
                arrived: "\(bounded("\(error) \(errors)", 300))",
                cause: "with REDIS_URL in the environment the program does not start")
        }
        return (group.servers[0], group.servers[1])
    }
}
