// The pages of the workbench: Public/course/workbench.html with the text of a chapter in it, and
// the files around it. In: a request. Out: a response with a strict policy.
// Next: ../Text/CourseBook.swift, ../Text/PageTemplate.swift.

import CourseLanguage
import CourseText
import CourseTutorial
import Engine
import EngineSockets
import Foundation
import HTTPWire

final class TextPages {
    /// Scripts, styles and pictures from here alone; frames are the visitors'. What a program or a
    /// visitor sends runs nothing, and no other site can show this one.
    /// Spec: W3C Content Security Policy Level 3
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
        "connect-src 'self'", "frame-src http://127.0.0.1:*", "base-uri 'none'",
        "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")
    private static let types = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
        "jpg": "image/jpeg", "webp": "image/webp", "woff2": "font/woff2",
    ]

    private let root: URL
    private let book: CourseBook
    /// Files by their addresses: pictures.
    private let pictures: [String: String]
    /// Titles, contents and texts that were asked for before.
    private var texts: [String: (title: String, contents: String, text: String)] = [:]

    /// The text in a language. Throws if it cannot be read.
    init(root: URL, language: TextLanguage = .english) throws {
        self.root = root
        book = try CourseBook(language: language) { path in
            do {
                return try String(contentsOf: root.appending(path: path), encoding: .utf8)
            } catch {
                throw CourseProblem("\(path) cannot be read, and the course needs it.")
            }
        }
        pictures = Dictionary(
            book.pictures.map { ("/\(CourseBook.picture($0))", $0) }, uniquingKeysWith: { $1 })
    }

    /// The answer to a GET. By another name of this machine a page could not show the visitors: it
    /// is sent on to the one that they know.
    func response(to request: Request, port: Int) throws -> Response {
        let path = request.head.path
        if let file = file(at: path) { return try content(of: file, named: path) }
        let name = path == "/" ? "index" : String(path.dropFirst().dropLast(5))
        guard path == "/" || path.hasSuffix(".html"),
            let page = book.pages.first(where: { $0.name == name })
        else { return .status(.notFound) }
        let address = "http://localhost:\(port)"
        guard path != "/", request.head.fields["Host"] == "localhost:\(port)" else {
            var response = Response.status(.found)
            response.fields.add("Location", "\(address)/\(page.fileName)")
            return response
        }
        return try html(of: page)
    }

    private func file(at path: String) -> String? {
        if path == "/icon.svg" { return "Public/icon.svg" }
        if let picture = pictures[path] { return picture }
        let folder = "Public/course"
        guard path.hasPrefix("/course/") else { return nil }
        let name = String(path.dropFirst(8))
        let all = try? FileManager.default.contentsOfDirectory(
            atPath: root.appending(path: folder).path)
        return all?.contains(name) == true ? "\(folder)/\(name)" : nil
    }

    private func content(of file: String, named path: String) throws -> Response {
        let url = root.appending(path: file).resolvingSymlinksInPath()
        let bytes = Array(try Data(contentsOf: url))
        let type = Self.types[url.pathExtension] ?? "application/octet-stream"
        return answer(bytes, type)
    }

    private func answer(_ bytes: [UInt8], _ type: String) -> Response {
        var response = Response.bytes(bytes, type: type)
        response.fields.add("Cache-Control", "no-cache")
        response.fields.add("Content-Security-Policy", Self.policy)
        response.fields.add("Cross-Origin-Resource-Policy", "same-origin")
        return response
    }

    private func html(of page: CoursePage) throws -> Response {
        var shell = try String(
            contentsOf: root.appending(path: "Public/course/workbench.html"), encoding: .utf8)
        let (title, contents, text) = parts(of: page)
        let stage = page.name.wholeMatch(of: /stage-(\d+)/).map { String($0.output.1) } ?? ""
        let language = Language.current.rawValue
        // The text last: it may speak of the marks.
        for (mark, part) in [
            ("<html lang=\"en\">", "<html lang=\"\(language)\">"),
            ("data-page=\"\"", "data-page=\"\(page.name)\""),
            ("data-stage=\"\"", "data-stage=\"\(stage)\""), ("<!-- title -->", title),
            ("<!-- contents -->", contents), ("<!-- text -->", text),
        ] {
            guard let place = shell.range(of: mark) else {
                throw CourseProblem("Public/course/workbench.html has no place \(mark)")
            }
            shell.replaceSubrange(place, with: part)
        }
        return answer(Array(shell.utf8), "text/html; charset=utf-8")
    }

    private func parts(
        of page: CoursePage
    ) -> (title: String, contents: String, text: String) {
        if let known = texts[page.name] { return known }
        let template = PageTemplate(book: book, page: page)
        let parts = (template.title, template.contents, "\(template.article)\n\(template.wayOn)")
        texts[page.name] = parts
        return parts
    }
}

extension TextLanguage {
    /// The language in which the command speaks.
    static var current: TextLanguage { Self(rawValue: Language.current.rawValue) ?? .english }
}
