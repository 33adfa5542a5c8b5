// The course as a static site: pages, a style sheet and pictures in one folder, with relative
// links, so that it can be read from a disk or from any web server. In: this package's folder, and
// where the site goes. Out: files. Next: ../course/main.swift.

import CourseTutorial
import Foundation

package struct SiteExport: Sendable {
    package let book: CourseBook
    /// The site's files by their paths, the pages first.
    package let files: [(path: String, data: Data)]

    /// Reads the course in a language. The root is this package's folder.
    package init(root: URL, language: TextLanguage = .english) throws {
        let book = try CourseBook(language: language) { path in
            do {
                return try String(contentsOf: root.appending(path: path), encoding: .utf8)
            } catch {
                throw SiteExportError(language.unreadable(path))
            }
        }
        self.book = book
        files = try Self.files(of: book, root: root)
    }

    private static func files(
        of book: CourseBook, root: URL
    ) throws -> [(path: String, data: Data)] {
        let pages = book.pages.map { page in
            (page.fileName, Data(PageTemplate(book: book, page: page).document.utf8))
        }
        let copies =
            [
                ("text.css", "Public/course/text.css"),
                ("chinese.css", "Public/course/chinese.css"), ("icon.svg", "Public/icon.svg"),
            ]
            + book.pictures.map { (CourseBook.picture($0), $0) }
        return try pages
            + copies.map { path, source in
                guard let data = try? Data(contentsOf: root.appending(path: source)) else {
                    throw SiteExportError(book.language.unreadable(source))
                }
                return (path, data)
            }
    }

    /// Writes the site, and says what it wrote. Throws if the folder holds other things.
    package func write(to folder: URL) throws -> String {
        try refuseOtherThings(in: folder, than: Set(files.map(\.path)))
        do {
            for (path, data) in files {
                let url = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try data.write(to: url, options: .atomic)
            }
        } catch {
            throw SiteExportError(book.language.unwritten(fileProblem(error)))
        }
        let bytes = files.reduce(0) { $0 + $1.data.count }
        return book.language.written(
            book, to: folder.path, kilobytes: (bytes + 1023) / 1024)
    }

    /// A folder may be new or empty, or hold an earlier export and nothing else. Hidden files stay.
    private func refuseOtherThings(in folder: URL, than paths: Set<String>) throws {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: folder.path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else {
            throw SiteExportError(book.language.isFile(folder.path))
        }
        let found = manager.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        let visible = found.filter { path in
            !path.split(separator: "/").contains { $0.hasPrefix(".") } && path != "pictures"
        }
        if visible.isEmpty { return }
        let index = try? String(contentsOf: folder.appending(path: "index.html"), encoding: .utf8)
        let others =
            index?.contains(PageTemplate.mark) == true
            ? visible.filter { !paths.contains($0) } : visible
        if others.isEmpty { return }
        let names =
            others.sorted().prefix(3).joined(separator: ", ")
            + (others.count > 3 ? ", …" : "")
        throw SiteExportError(book.language.otherThings(names, in: folder.path))
    }
}

/// Why there is no site, in a sentence.
package struct SiteExportError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
