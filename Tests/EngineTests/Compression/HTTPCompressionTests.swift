// Answers to polls, the browser client and pages, compressed for clients that can read that.
// Next: MessageCompressionTests.swift; Sources/Engine/More/Compression/HTTPCompression.swift.

import DeflateWire
import Foundation
import TestSupport
import Testing

@testable import Engine

@Suite("httpCompression", .serialized, .closesServers)
struct HTTPCompressionTests {
    private static let long = MessageCompressionTests.long

    /// A client that polls, and what it accepts.
    private struct Poller {
        let client: RawClient
        let target: String
        let accepts: [String: String]

        init(_ fixture: Fixture, accepts: String? = "gzip") async throws {
            client = try fixture.connection()
            self.accepts = accepts.map { ["Accept-Encoding": $0] } ?? [:]
            target = "\(polling)&sid=\(try sid(in: try await client.request("GET", polling).text))"
            _ = try await client.request("POST", target, body: "40")
            _ = try await client.request("GET", target)
        }

        func poll() async throws -> RawClient.Answer {
            try await client.request("GET", target, fields: accepts)
        }
    }

    private func text(
        _ answer: RawClient.Answer, _ format: DeflateFormat = .gzip
    ) throws -> String {
        var inflater = Inflater(format, limit: 1_000_000)
        inflater.feed(answer.body[...])
        inflater.feedEnd()
        var whole: [UInt8] = []
        while let piece = try inflater.nextPiece() { whole += piece }
        return String(decoding: whole, as: UTF8.self)
    }

    // MARK: - Polls

    @Test(
        "a long answer to a poll comes in the coding that the client likes best",
        arguments: [
            ("gzip, deflate", "gzip"), ("deflate", "deflate"), ("gzip;q=0", nil), ("br", nil),
            (nil, nil),
        ] as [(String?, String?)])
    func polls(accepts: String?, coding: String?) async throws {
        let fixture = try Fixture()
        let poller = try await Poller(fixture, accepts: accepts)
        for _ in 0..<2 {
            fixture.io.emit("long", Self.long)
            let answer = try await poller.poll()
            #expect(answer.field("Content-Encoding") == coding)
            let body =
                coding == nil ? answer.text : try text(answer, coding == "gzip" ? .gzip : .zlib)
            #expect(body == "42[\"long\",\"\(Self.long)\"]")
            #expect((answer.body.count < 150) == (coding != nil))
        }
    }

    @Test("a short answer goes as it is, and so does one that the program wants so")
    func plain() async throws {
        let fixture = try Fixture()
        let poller = try await Poller(fixture)
        fixture.io.emit("short", "x")
        #expect(try await poller.poll().text == "42[\"short\",\"x\"]")
        fixture.io.compress(false).emit("plain", Self.long)
        #expect(try await poller.poll().text == "42[\"plain\",\"\(Self.long)\"]")
        // One packet that may be compressed is enough, as in the reference.
        fixture.io.compress(false).emit("plain", Self.long)
        fixture.io.emit("x")
        #expect(try await poller.poll().field("Content-Encoding") == "gzip")
        let socket = try #require(fixture.io.sockets.sockets.values.first)
        socket.compress(false).emit("plain", Self.long)
        #expect(try await poller.poll().field("Content-Encoding") == nil)
        socket.emit("long", Self.long)
        #expect(try await poller.poll().field("Content-Encoding") == "gzip")
    }

    @Test("nil switches it off, and another threshold is kept to")
    func options() async throws {
        var options = SocketServerOptions()
        options.httpCompression = nil
        let off = try Fixture(options)
        let poller = try await Poller(off)
        off.io.emit("long", Self.long)
        #expect(try await poller.poll().field("Content-Encoding") == nil)
        options.httpCompression = HTTPCompression()
        options.httpCompression?.threshold = 20
        let low = try Fixture(options)
        let other = try await Poller(low)
        low.io.emit("short", String(repeating: "x", count: 50))
        #expect(try await other.poll().field("Content-Encoding") == "gzip")
    }

    @Test("a compressed body of a request is refused, and the log says why")
    func requests() async throws {
        let log = try LogRecording()
        defer { log.stop() }
        let fixture = try Fixture()
        let poller = try await Poller(fixture)
        var deflater = Deflater(.gzip)
        let body = deflater.compress(Array("42[\"x\"]".utf8)[...], flush: .finish)
        let fields = ["Content-Encoding": "gzip", "Content-Length": "\(body.count)"]
        poller.client.send(
            Array(RawClient.request("POST", poller.target, fields: fields).utf8) + body)
        #expect(try await poller.client.answer().status == 400)
        #expect(log.lines(with: "compressed (Content-Encoding: gzip)").count == 1)
    }

    // MARK: - Files

    @Test("the browser client is compressed once, and known by a tag of its own")
    func clientScript() async throws {
        let fixture = try Fixture()
        let client = try fixture.connection()
        let path = "/socket.io/socket.io.js"
        let plain = try await client.request("GET", path)
        #expect(plain.field("Content-Encoding") == nil)
        #expect(plain.field("Vary") == "Accept-Encoding")
        let gzip = try await client.request("GET", path, fields: ["Accept-Encoding": "gzip"])
        let before = CodedPages.shared.count
        #expect(gzip.field("Content-Encoding") == "gzip")
        #expect(gzip.field("ETag") == plain.field("ETag").map { "\($0.dropLast())-gzip\"" })
        #expect(gzip.body.count * 3 < plain.body.count)
        #expect(try text(gzip) == plain.text)
        let again = try await client.request("GET", path, fields: ["Accept-Encoding": "gzip"])
        #expect(again.body == gzip.body)
        #expect(CodedPages.shared.count == before)
    }

    @Test(
        "a page is compressed, found unchanged by its tag in each coding, and sent in parts plain")
    func pages() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "p"), withIntermediateDirectories: true)
        let page = String(repeating: "<p>Hello</p>\n", count: 200)
        for name in ["index.html", "x.png"] {
            try Data(page.utf8).write(to: folder.appending(path: "p/\(name)"))
        }
        try Data("<p>short</p>".utf8).write(to: folder.appending(path: "p/short.html"))
        let app = closing(App(pages: "p", in: folder))
        let client = try RawClient(port: try app.listen(port: 0))
        func get(_ path: String, _ fields: [String: String] = [:]) async throws -> RawClient.Answer
        {
            let accepts = ["Accept-Encoding": "gzip, deflate"]
            return try await client.request("GET", path, fields: accepts.merging(fields) { $1 })
        }
        let gzip = try await get("/")
        #expect(gzip.field("Content-Encoding") == "gzip")
        #expect(try text(gzip) == page)
        let deflate = try await get("/", ["Accept-Encoding": "deflate"])
        #expect(try text(deflate, .zlib) == page)
        let plain = try await get("/", ["Accept-Encoding": "identity"])
        #expect(plain.text == page)
        let tags = [gzip, deflate, plain].compactMap { $0.field("ETag") }
        #expect(Set(tags).count == 3)
        for (accepted, tag) in zip(["gzip", "deflate", "identity"], tags) {
            let fields = ["Accept-Encoding": accepted, "If-None-Match": tag]
            let same = try await get("/", fields)
            #expect(same.status == 304)
            #expect(same.field("ETag") == tag)
            #expect(same.field("Vary") == "Accept-Encoding")
        }
        // Another coding is another thing.
        let other = ["Accept-Encoding": "deflate", "If-None-Match": tags[0]]
        #expect(try await get("/", other).status == 200)
        let part = try await get("/", ["Range": "bytes=0-9"])
        #expect(part.status == 206)
        #expect(part.text == String(page.prefix(10)))
        #expect(part.field("Content-Encoding") == nil)
        // Pictures are compressed already, and a few bytes gain nothing.
        #expect(try await get("/x.png").field("Content-Encoding") == nil)
        #expect(try await get("/short.html").field("Content-Encoding") == nil)
        app.httpCompression = nil
        #expect(try await get("/").field("Content-Encoding") == nil)
    }
}
