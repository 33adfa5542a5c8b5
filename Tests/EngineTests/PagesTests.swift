// Files in a folder that changes while the server runs, and that some paths try to leave.

import Engine
import Foundation
import EngineSockets
import TestSupport
import Testing

@Suite("Pages", .serialized, .closesServers)
struct PagesTests {
    /// A folder `Public` with one page, beside a file that must not be served. Removed at the end.
    private final class Folder {
        let place: URL
        let root: URL

        init() throws {
            place = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            root = place.appending(path: "Public")
            try FileManager.default.createDirectory(
                at: root.appending(path: "chat"), withIntermediateDirectories: true)
            try write("first", to: "chat/index.html")
            try Data("secret".utf8).write(to: place.appending(path: "secret.txt"))
        }

        deinit { try? FileManager.default.removeItem(at: place) }

        /// Written so many seconds ago: what is older than a few may be kept in memory.
        func write(_ text: String, to path: String, secondsAgo: Double = 60) throws {
            let url = root.appending(path: path)
            try Data(text.utf8).write(to: url)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -secondsAgo)],
                ofItemAtPath: url.path)
        }

        func link(_ path: String, to target: String) throws {
            let url = root.appending(path: path)
            try? FileManager.default.removeItem(at: url)
            try FileManager.default.createSymbolicLink(
                atPath: url.path, withDestinationPath: target)
        }

        func remove(_ path: String) throws {
            try FileManager.default.removeItem(at: root.appending(path: path))
        }
    }

    private func serve(_ folder: Folder) throws -> (App, RawClient) {
        let app = closing(App(pages: "chat", in: folder.root))
        return (app, try RawClient(port: app.listen(port: 0)))
    }

    @Test("a page that changes, vanishes and comes back is served as it is at the moment")
    func changes() async throws {
        let folder = try Folder()
        let (_, client) = try serve(folder)
        let first = try await client.request("GET", "/")
        #expect(first.text == "first")
        // As long as before, and perhaps within the same tick of the clock that dates files.
        for text in ["1st", "2nd", "3rd"] {
            try folder.write(text, to: "chat/index.html", secondsAgo: 0)
            #expect(try await client.request("GET", "/").text == text)
        }
        try folder.write("other", to: "chat/index.html", secondsAgo: 30)
        let other = try await client.request("GET", "/")
        #expect(other.text == "other")
        #expect(other.field("ETag") != first.field("ETag"))
        try folder.remove("chat/index.html")
        #expect(try await client.request("GET", "/").status == 404)
        try folder.write("back", to: "chat/index.html")
        #expect(try await client.request("GET", "/").text == "back")
    }

    @Test("the whole folder vanishes: 404, and the server lives on")
    func folderVanishes() async throws {
        let folder = try Folder()
        let (_, client) = try serve(folder)
        #expect(try await client.request("GET", "/").status == 200)
        try FileManager.default.removeItem(at: folder.root)
        #expect(try await client.request("GET", "/").status == 404)
    }

    @Test("a file in the pages goes before the one of the same name that all share")
    func precedence() async throws {
        let folder = try Folder()
        try folder.write("shared", to: "chat.css")
        let (_, client) = try serve(folder)
        #expect(try await client.request("GET", "/chat.css").text == "shared")
        try folder.write("own", to: "chat/chat.css")
        #expect(try await client.request("GET", "/chat.css").text == "own")
        try folder.remove("chat/chat.css")
        #expect(try await client.request("GET", "/chat.css").text == "shared")
    }

    @Test("of the folder above only what is shared by name is served")
    func shared() async throws {
        let folder = try Folder()
        try FileManager.default.createDirectory(
            at: folder.root.appending(path: "secret"), withIntermediateDirectories: true)
        for name in ["config.json", "chat.css", "icon.svg", "theirs.css", "secret/index.html"] {
            try folder.write(name, to: name)
        }
        let (app, client) = try serve(folder)
        #expect(try await client.request("GET", "/chat.css").text == "chat.css")
        #expect(try await client.request("GET", "/icon.svg").text == "icon.svg")
        for path in ["/config.json", "/theirs.css", "/secret/", "/secret/index.html", "/chat/"] {
            #expect(try await client.request("GET", path).status == 404, "\(path)")
        }
        await app.close()
        let other = closing(App(pages: "chat", in: folder.root, sharing: ["theirs.css"]))
        let visitor = try RawClient(port: other.listen(port: 0))
        #expect(try await visitor.request("GET", "/theirs.css").status == 200)
        #expect(try await visitor.request("GET", "/chat.css").status == 404)
    }

    @Test("`*` answers what neither a route nor a file answers")
    func anyPath() async throws {
        let folder = try Folder()
        let app = closing(App(pages: "chat", in: folder.root))
        app.get("*") { .text("any \($0.path)") }
        app.get("/hello") { _ in .text("hello") }
        let client = try RawClient(port: app.listen(port: 0))
        #expect(try await client.request("GET", "/").text == "first")
        #expect(try await client.request("GET", "/hello").text == "hello")
        #expect(try await client.request("GET", "/deep/link").text == "any /deep/link")
        #expect(try await client.request("POST", "/deep/link").status == 405)
    }

    @Test("a WebSocket at any path is opened where a page lies, too")
    func webSocketAtAnyPath() async throws {
        let folder = try Folder()
        let app = closing(App(pages: "chat", in: folder.root))
        app.webSocket("*") { connection in connection.onText { connection.send($0) } }
        let client = try RawClient(port: app.listen(port: 0))
        #expect(try await client.request("GET", "/").text == "first")
        try await client.openWebSocket("/")
        client.sendFrame("echo")
        #expect(try await client.text() == "echo")
    }

    @Test("a closed app says that it stays closed")
    func closed() async throws {
        let app = closing(App())
        let io = SocketServer(app)
        try app.listen(port: 0)
        await io.close()
        let error = #expect(throws: (any Error).self) { try app.listen(port: 0) }
        #expect(error.map { "\($0)".contains("make a new App") } == true)
    }

    @Test("a link leads to another file of the folder, and never out of it")
    func links() async throws {
        let folder = try Folder()
        try folder.write("inside", to: "chat/inside.txt")
        try folder.link("chat/link.txt", to: "inside.txt")
        try folder.link("chat/out.txt", to: "../../secret.txt")
        try folder.link("chat/absolute.txt", to: folder.place.appending(path: "secret.txt").path)
        try folder.link("chat/above", to: "../..")
        try folder.link("chat/circle", to: "circle")
        let (_, client) = try serve(folder)
        #expect(try await client.request("GET", "/link.txt").text == "inside")
        for path in ["/out.txt", "/absolute.txt", "/above/secret.txt", "/circle", "/above/"] {
            #expect(try await client.request("GET", path).status == 404, "\(path)")
        }
        // A link that was good is bent outwards while the file is in memory.
        try folder.link("chat/link.txt", to: "../../secret.txt")
        #expect(try await client.request("GET", "/link.txt").status == 404)
    }

    @Test(
        "no encoding of a path finds what lies outside, and a NUL ends no name",
        arguments: [
            "/%2e%2e/%2e%2e/secret.txt", "/..%2f..%2fsecret.txt", "/%2e%2e%2f%2e%2e%2fsecret.txt",
            "/..%5c..%5csecret.txt", "/%252e%252e/%252e%252e/secret.txt",
            "/%c0%ae%c0%ae/%c0%ae%c0%ae/secret.txt", "/..%c0%af..%c0%afsecret.txt",
            "/....//....//secret.txt", "/index.html%00.txt", "/%00", "/.%2e/.%2e/secret.txt",
            "//secret.txt", "/./../../secret.txt", "/chat/../../secret.txt", "/index.html/",
            "/;/../../secret.txt", "/%ff%fe", "/\u{202E}txt.terces", "/%2fetc%2fpasswd",
        ])
    func encodings(path: String) async throws {
        let folder = try Folder()
        let (_, client) = try serve(folder)
        let answer = try await client.request("GET", path)
        #expect([400, 404].contains(answer.status))
        #expect(!answer.text.contains("secret\n") && answer.text != "secret")
    }

    @Test("folders and pipes are not files: a pipe would keep the server waiting")
    func pipes() async throws {
        let folder = try Folder()
        #expect(mkfifo(folder.root.appending(path: "chat/pipe").path, 0o600) == 0)
        try FileManager.default.createDirectory(
            at: folder.root.appending(path: "chat/folder"), withIntermediateDirectories: true)
        let (_, client) = try serve(folder)
        #expect(try await client.request("GET", "/pipe").status == 404)
        #expect(try await client.request("GET", "/folder").status == 404)
    }

    @Test(
        "a file's type is that of its ending, in whatever case",
        arguments: [
            ("a.GIF", "image/gif"), ("a.webp", "image/webp"), ("a.avif", "image/avif"),
            ("a.wav", "audio/wav"), ("a.mp3", "audio/mpeg"), ("a.Mp4", "video/mp4"),
            ("a.woff2", "font/woff2"), ("a.wasm", "application/wasm"),
            ("a.js.map", "application/json"), ("app.webmanifest", "application/manifest+json"),
            ("A.CSS", "text/css; charset=utf-8"), ("a.HTM", "text/html; charset=utf-8"),
            ("png", "application/octet-stream"), ("a.", "application/octet-stream"),
        ])
    func types(name: String, type: String) async throws {
        let folder = try Folder()
        try folder.write("x", to: "chat/\(name)")
        let (_, client) = try serve(folder)
        let answer = try await client.request("GET", "/\(name)")
        #expect(answer.field("Content-Type") == type)
        let isPage = type.hasPrefix("text/html")
        #expect((answer.field("Content-Security-Policy") != nil) == isPage)
    }

    @Test("a player gets the part of a file that it asks for, and none of a file that has changed")
    func parts() async throws {
        let folder = try Folder()
        try folder.write("0123456789", to: "chat/sound.mp3")
        let (_, client) = try serve(folder)
        let whole = try await client.request("GET", "/sound.mp3")
        #expect(whole.field("Accept-Ranges") == "bytes")
        let tag = try #require(whole.field("ETag"))
        var fields = ["Range": "bytes=2-4", "If-Range": tag]
        let part = try await client.request("GET", "/sound.mp3", fields: fields)
        #expect(part.status == 206)
        #expect(part.text == "234")
        #expect(part.field("Content-Range") == "bytes 2-4/10")
        #expect(part.field("Content-Type") == "audio/mpeg")
        #expect(part.field("ETag") == tag)
        try folder.write("abcdefghij", to: "chat/sound.mp3")
        let changed = try await client.request("GET", "/sound.mp3", fields: fields)
        #expect(changed.status == 200)
        #expect(changed.text == "abcdefghij")
        fields = ["Range": "bytes=10-"]
        let outside = try await client.request("GET", "/sound.mp3", fields: fields)
        #expect(outside.status == 416)
        #expect(outside.field("Content-Range") == "bytes */10")
        let head = try await client.request("HEAD", "/sound.mp3", fields: ["Range": "bytes=0-0"])
        #expect(head.status == 200)
        #expect(head.field("Content-Length") == "10")
        // What the client has already is not sent in parts either.
        let known = try #require(changed.field("ETag"))
        fields = ["Range": "bytes=0-0", "If-None-Match": known]
        #expect(try await client.request("GET", "/sound.mp3", fields: fields).status == 304)
    }
}
