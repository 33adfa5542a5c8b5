// `serve`: where it listens, what it says, and how it returns. Next:
// Sources/Engine/More/Ending/Serve.swift, ListenAddress.swift.

import Engine
import EngineSockets
import Foundation
import TestSupport
import Testing

@Suite("Serving", .serialized, .closesServers)
struct ServeTests {
    private func app() -> App {
        let app = closing(App())
        app.get("/") { request in .text("hello \(request.address)") }
        return app
    }

    @Test("serve answers, and returns when its task is cancelled, with everything closed")
    func cancelled() async throws {
        let app = app()
        var port = 0
        var steps: [String] = []
        app.onShutdown { steps.append("flushed") }
        let serving = Task {
            try await app.serve(port: 0, signals: false) { port = $0 }
            steps.append("returned")
        }
        try await eventually("it listens") { port > 0 }
        let client = try RawClient(port: port)
        for _ in 0..<20 {
            #expect(try await client.request("GET", "/").text == "hello 127.0.0.1")
        }
        serving.cancel()
        try await serving.value
        #expect(steps == ["flushed", "returned"])
        try await client.waitForEnd()
    }

    @Test("serve returns at a signal, and a task that was cancelled before gets nowhere")
    func signal() async throws {
        let app = app()
        var port = 0
        let serving = Task { try await app.serve(port: 0) { port = $0 } }
        try await eventually("it listens") { port > 0 }
        #expect(try await RawClient(port: port).request("GET", "/").status == 200)
        kill(getpid(), SIGTERM)
        try await serving.value
        #expect(app.isDraining)
        let next = self.app()
        let cancelled = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await next.serve(port: 0, signals: false) { _ in }
        }
        try await cancelled.value
    }

    @Test("tasks and timers go on while the loop holds the main queue")
    func held() async throws {
        let app = app()
        app.get("/later") { _ async in
            await Task.detached { await Task.yield() }.value
            return .text("later")
        }
        var port = 0
        let serving = Task { try await app.serve(port: 0, signals: false) { port = $0 } }
        try await eventually("it listens") { port > 0 }
        let client = try RawClient(port: port)
        var ticks = 0
        let timer = DispatchSource.makeTimerSource(queue: .main)
        timer.schedule(deadline: .now(), repeating: .milliseconds(1))
        timer.setEventHandler { MainActor.assumeIsolated { ticks += 1 } }
        timer.activate()
        while ticks < 20 {
            #expect(try await client.request("GET", "/later").text == "later")
        }
        timer.cancel()
        serving.cancel()
        try await serving.value
    }

    @Test("a taken port is an error of serve")
    func taken() async throws {
        let app = app()
        let port = try app.listen(port: 0)
        await #expect(throws: (any Error).self) {
            try await self.app().serve(port: port, signals: false)
        }
    }

    // MARK: - Where

    @Test("all interfaces are IPv4 and IPv6 at one port; loopback is this machine")
    func interfaces() async throws {
        for address in [ListenAddress.allInterfaces(port: 0), .loopback(port: 0)] {
            let app = app()
            let port = try app.listen(on: address)
            for host in ["127.0.0.1", "::1"] {
                let client = try RawClient(port: port, host: host)
                #expect(try await client.request("GET", "/").text == "hello \(host)")
            }
        }
    }

    @Test("two servers share one port, and each gets connections")
    func shared() async throws {
        let (one, two) = (closing(App()), closing(App()))
        one.get("/") { _ in .text("one") }
        two.get("/") { _ in .text("two") }
        let port = try one.listen(on: .host("127.0.0.1", port: 0), sharesPort: true)
        #expect(try two.listen(on: .host("127.0.0.1", port: port), sharesPort: true) == port)
        var heard: Set<String> = []
        for _ in 0..<200 where heard.count < 2 {
            heard.insert(try await RawClient(port: port).request("GET", "/").text)
        }
        #expect(heard == ["one", "two"])
    }

    @Test("a path in the file system: served, protected, taken over, and removed at the end")
    func unix() async throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "engine-\(UUID().uuidString.prefix(8)).sock").path
        let app = app()
        try app.listen(on: .unixSocket(path: path))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.int16Value == 0o660)
        #expect(try await request(at: path).hasSuffix("hello localhost"))
        #expect(app.port == 0)
        #expect(throws: (any Error).self) { try self.app().listen(on: .unixSocket(path: path)) }
        await app.close()
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(throws: (any Error).self) {
            try self.app().listen(on: .unixSocket(path: String(repeating: "x", count: 200)))
        }
        // A file that is no socket is not removed for one.
        try Data("mine".utf8).write(to: URL(filePath: path))
        #expect(throws: (any Error).self) { try self.app().listen(on: .unixSocket(path: path)) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        try FileManager.default.removeItem(atPath: path)
        // What a program that was killed has left there does not stand in the way.
        let left = unixSocket()
        #expect(withAddress(path) { bind(left, $0, $1) } == 0)
        close(left)
        let next = self.app()
        try next.listen(on: .unixSocket(path: path))
        #expect(try await request(at: path).hasSuffix("hello localhost"))
    }

    @Test("a socket that was opened by another is taken over; anything else is refused")
    func inherited() async throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #expect(listen(descriptor, 5) == 0)
        let app = app()
        let port = try app.listen(on: .descriptor(descriptor))
        #expect(try await RawClient(port: port).request("GET", "/").text == "hello 127.0.0.1")
        let none = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #expect(throws: (any Error).self) { try self.app().listen(on: .descriptor(none)) }
        close(none)
        #expect(throws: (any Error).self) { try self.app().listen(on: .systemd) }
    }

    // MARK: - A client for paths

    private func unixSocket() -> Int32 { socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) }

    private func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        return withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// The kernel accepts the connection and keeps what is written until the server reads it.
    private func request(at path: String) async throws -> String {
        let descriptor = unixSocket()
        defer { close(descriptor) }
        #expect(withAddress(path) { connect(descriptor, $0, $1) } == 0)
        let text = Array("GET / HTTP/1.1\r\nHost: any.example\r\nConnection: close\r\n\r\n".utf8)
        #expect(write(descriptor, text, text.count) == text.count)
        var answer: [UInt8] = []
        try await eventually("the answer") {
            var bytes = [UInt8](repeating: 0, count: 4_096)
            let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            if count > 0 { answer += bytes.prefix(count) }
            return count == 0
        }
        return String(decoding: answer, as: UTF8.self)
    }
}
