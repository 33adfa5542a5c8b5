// From JavaScript to Swift: every row of the table runs over a real connection, and the page shows
// the code that ran. Next: Rows/Rows.swift, TableFixture.swift.

import Foundation
import Testing

@Suite("JavaScript to Swift", .serialized, .closesServers)
struct TableTests {
    /// A row as the source has it.
    private struct Text {
        let number: Int
        let title: String?
        let javaScript: String
        let swift: String
    }

    /// The files of the rows, one after the other.
    private static func source() throws -> String {
        try rowFiles.map { name in
            let file = URL(filePath: "Rows/\(name)", relativeTo: URL(filePath: #filePath))
            return try String(contentsOf: file, encoding: .utf8)
        }.joined()
    }

    private static let page = URL(
        filePath: "../../Documentation/javascript-to-swift.md",
        relativeTo: URL(filePath: #filePath))

    private static func texts() throws -> [Text] {
        var found: [Text] = []
        var title: String?
        var javaScript: String?
        var code: [Substring] = []
        for line in try source().split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.drop { $0 == " " }
            if words.hasPrefix("// # ") { title = String(words.dropFirst(5)) }
            if words.hasPrefix("// JS ") {
                javaScript = String(words.dropFirst(6))
                code = []
            } else if words == "// ->", let known = javaScript {
                found.append(
                    Text(
                        number: found.count + 1, title: title, javaScript: known,
                        swift: code.map { $0.dropFirst(8) }.joined(separator: "\n")))
                (title, javaScript) = (nil, nil)
            } else if let known = javaScript, code.isEmpty, words.hasPrefix("//    ") {
                let more = words.dropFirst(6)
                javaScript = known + (more.hasPrefix("// ") ? "   " : " ") + more
            } else if javaScript != nil {
                code.append(line)
            }
        }
        return found
    }

    @Test("every row does what it says", arguments: [TransportMode.polling, .websocket])
    func rowsRun(mode: TransportMode) async throws {
        let texts = try Self.texts()
        #expect(texts.count == rows.count)
        for (row, text) in zip(rows, texts) {
            let it = try await TableFixture(mode)
            do {
                try await row(it.io, try it.socket, it)
            } catch {
                Issue.record("row \(text.number), \(text.javaScript): \(error)")
            }
            await it.close()
        }
    }

    @Test("the page shows the rows as they are; TABLE=1 writes it anew")
    func pageIsFresh() throws {
        let page = try Self.rendered()
        if ProcessInfo.processInfo.environment["TABLE"] != nil {
            try page.write(to: Self.page, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: Self.page, encoding: .utf8) == page)
    }

    private static func rendered() throws -> String {
        var text = """
            [简体中文](zh-CN/javascript-to-swift.md)

            # From JavaScript to Swift

            What the server's documentation and many notes on Socket.IO show, and how it is said \
            here. Each row runs in
            `swift test --filter TableTests`, over polling and over WebSocket, with clients that \
            must hear exactly what is meant
            (`Tests/SocketIOClientTests/Rows`, in this order). The table is made from these files.

            Two things are different everywhere. A handler says what types it wants, and what does \
            not fit never reaches it. And a
            value that a handler returns is the acknowledgement.

            """
        for row in try texts() {
            if let title = row.title {
                text += "\n## \(title)\n\n| | JavaScript | here |\n| --- | --- | --- |\n"
            }
            let parts = row.javaScript.components(separatedBy: "   // ")
            let remark = parts.count > 1 ? "<br>\(parts[1])" : ""
            let code = row.swift.components(separatedBy: "\n").map(cell).joined(separator: "<br>")
            text += "| \(row.number) | \(cell(parts[0]))\(remark) | \(code) |\n"
        }
        return text
    }

    /// Code in a cell: indented, and with nothing that ends the cell.
    private static func cell(_ line: String) -> String {
        let indent = line.prefix { $0 == " " }.count
        let code = line.dropFirst(indent).replacingOccurrences(of: "|", with: "\\|")
            .replacingOccurrences(of: "it.log.append(", with: "print(")
        return String(repeating: "&nbsp;", count: indent) + "`\(code)`"
    }
}
