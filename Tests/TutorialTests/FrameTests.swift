// The charts in the tutorial and in Documentation are played: a visitor's frames are sent to the
// finished stage, and the stage's frames have to arrive at the visitors that the chart names, and
// nothing else.

import Foundation
import Grading
import TestSupport
import Testing

/// One line of a chart.
private nonisolated struct Move {
    let visitor: String
    let isFromServer: Bool
    let frame: String
}

/// A chart, with what its comment says: `<!-- frames: Step8, named, without online -->`. Settled:
/// it leaves out what came before its first line.
nonisolated struct Chart: CustomTestStringConvertible {
    let file: String
    let line: Int
    let program: String
    let options: [String]
    fileprivate let moves: [Move]
    fileprivate let visitors: [String]

    var testDescription: String { "\(file), line \(line)" }

    /// All charts of a page.
    static func all(in file: String) throws -> [Chart] {
        let lines = try Repository.text(file)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.indices.compactMap { index in
            guard lines[index].hasPrefix("<!-- frames: ") else { return nil }
            let words = lines[index].dropFirst(13).dropLast(4).components(separatedBy: ", ")
            let block = lines[(index + 2)...].prefix { !$0.hasPrefix("```") }
            let server = words[0]
            var visitors: [String] = []
            var moves: [Move] = []
            for line in block.map({ $0.trimmingCharacters(in: .whitespaces) }) {
                if line.hasPrefix("participant ") {
                    let name = String(line.dropFirst(12))
                    if name != server { visitors.append(name) }
                } else if let arrow = line.range(of: "->>"),
                    let colon = line.range(of: ": ", range: arrow.upperBound..<line.endIndex)
                {
                    let from = String(line[..<arrow.lowerBound])
                    let to = String(line[arrow.upperBound..<colon.lowerBound])
                    moves.append(
                        Move(
                            visitor: from == server ? to : from, isFromServer: from == server,
                            frame: String(line[colon.upperBound...])))
                }
            }
            return Chart(
                file: file, line: index + 1, program: server, options: Array(words.dropFirst()),
                moves: moves, visitors: visitors)
        }
    }
}

extension Chart {
    /// What a visitor says in CONNECT: nothing, a name, or a token.
    @MainActor fileprivate func auth(of visitor: String, _ surroundings: Surroundings) -> String {
        if options.contains("with name") { return "{\"name\":\"\(visitor)\"}" }
        guard options.contains("signed in") else { return "" }
        let forge = TokenForge(secret: surroundings.environment["TOKEN_SECRET"] ?? "")
        let end = Int(Date.now.timeIntervalSince1970) + 600
        let token = forge.token(["username": .string(visitor.lowercased()), "exp": .int(end)])
        return "{\"token\":\"\(token)\"}"
    }

    /// `channel swift for Grace`: a visitor is in a channel from the beginning.
    fileprivate func channels(of visitor: String) -> [String] {
        options.compactMap { option in
            let words = option.split(separator: " ")
            let isIt = words.count == 4 && words[0] == "channel" && words[3] == visitor
            return isIt ? String(words[1]) : nil
        }
    }
}

@Suite("What crosses the wire, as it is written", .heavy, .serialized)
struct FrameTests {
    nonisolated static let charts: [Chart] = {
        let pages = [
            "TUTORIAL.md", "TUTORIAL-2.md", "Documentation/how-it-works.md",
            "Documentation/bare-websocket.md",
        ]
        return pages.flatMap { (try? Chart.all(in: $0)) ?? [] }
    }()

    @Test("there are charts for every stage but the first")
    func count() {
        let programs = Set(Self.charts.map(\.program))
        #expect(programs.isSuperset(of: Stages.all.dropFirst().map { "Step\($0)" }))
    }

    @Test("a chart shows what the stage sends", arguments: charts)
    func plays(chart: Chart) async throws {
        let surroundings = Surroundings()
        let program = try await Program.listening(
            chart.program, environment: surroundings.environment)
        var clients: [String: RawClient] = [:]
        let ignored = chart.options.flatMap { option -> [String] in
            let name = option.replacingOccurrences(of: "without ", with: "")
            return ["42[\"\(name)\"", "42[\(name),"]
        }
        for visitor in chart.visitors {
            let client = try RawClient(port: program.port)
            clients[visitor] = client
            try await client.openWebSocket(TestSupport.webSocket)
            let first = chart.moves.first { $0.visitor == visitor }
            if first?.frame.hasPrefix("0{") == true { continue }
            _ = try await client.text()
            client.sendFrame("40\(chart.auth(of: visitor, surroundings))")
            while try await !client.text().hasPrefix("40") {}
            for channel in chart.channels(of: visitor) {
                client.sendFrame("420[\"join\",\"\(channel)\"]")
                while try await !client.text().hasPrefix("430") {}
            }
            guard chart.options.contains("named") else { continue }
            client.sendFrame("420[\"set nickname\",\"\(visitor)\"]")
            while try await !client.text().hasPrefix("430") {}
        }
        for client in clients.values where chart.options.contains("settled") {
            client.sendFrame("40/nowhere,")
            while try await !client.text().hasPrefix("44/nowhere") {}
        }
        for move in chart.moves {
            let client = try #require(clients[move.visitor], "\(move.visitor) is no participant")
            guard move.isFromServer else {
                client.sendFrame(move.frame)
                continue
            }
            var arrived = try await client.text()
            while ignored.contains(where: arrived.hasPrefix) {
                arrived = try await client.text()
            }
            #expect(Self.isSame(arrived, move.frame), "\(arrived) is not \(move.frame)")
        }
        // A frame that the chart does not show would arrive before the answer to this.
        for (visitor, client) in clients {
            client.sendFrame("40/nowhere,")
            var last = try await client.text()
            while ignored.contains(where: last.hasPrefix) {
                last = try await client.text()
            }
            #expect(last.hasPrefix("44/nowhere"), "\(visitor) also got \(last)")
        }
        _ = try await program.terminate()
    }

    /// Compares packets: type and id as text, the rest as values; … stands for anything.
    private static func isSame(_ arrived: String, _ shown: String) -> Bool {
        let (type, otherType) = (arrived.prefix { $0.isNumber }, shown.prefix { $0.isNumber })
        guard type == otherType else { return false }
        let values = [arrived.dropFirst(type.count), shown.dropFirst(type.count)].map {
            try? JSONDecoder().decode(JSON.self, from: Data($0.utf8))
        }
        guard let first = values[0], let second = values[1] else {
            return arrived == shown
        }
        return matches(first, second)
    }

    private static func matches(_ value: JSON, _ pattern: JSON) -> Bool {
        switch (value, pattern) {
        case (_, .string("…")): true
        case (.array(let items), .array(let wanted)):
            items.count == wanted.count && zip(items, wanted).allSatisfy(matches)
        case (.object(let fields), .object(let wanted)):
            fields.count == wanted.count
                && wanted.allSatisfy { key, value in
                    fields[key].map { matches($0, value) } == true
                }
        default: value == pattern
        }
    }

    @Test("the bytes of a frame are as they are shown")
    func frame() throws {
        let page = try Repository.text("Documentation/how-it-works.md")
        let block = try #require(page.components(separatedBy: "<!-- frame -->\n```text\n").last)
        let shown = block.prefix { $0 != "\n" }.split(separator: " ").map { UInt8($0, radix: 16) }
        let text = Array("42[\"chat message\",\"hello\"]".utf8)
        #expect(shown == [0x81, UInt8(text.count)] + text)
    }

    @Test("three messages over long-polling take six requests, the beginning included")
    func requests() async throws {
        let program = try await Program.listening("Step4")
        let (page, other) = (try RawClient(port: program.port), try RawClient(port: program.port))
        let opened = try await page.request("GET", TestSupport.polling)
        let session = "\(TestSupport.polling)&sid=\(try TestSupport.sid(in: opened.text))"
        #expect(try await page.request("POST", session, body: "40").text == "ok")
        #expect(try await page.request("GET", session).text.hasPrefix("40{"))
        try await other.join()
        #expect(try await page.request("GET", session).text == "42[\"user joined\"]")
        for number in 1...3 {
            other.sendFrame("42[\"chat message\",\"\(number)\"]")
            let news = try await page.request("GET", session).text
            #expect(news == "42[\"chat message\",\"\(number)\"]")
        }
        _ = try await program.terminate()
    }

    @Test("the request and the answer of stage 1 are as they are shown")
    func http() async throws {
        let text = try Repository.text("TUTORIAL.md")
        let block = try #require(
            text.components(separatedBy: "<!-- http: Step1 -->\n```text\n").last)
        let lines = block.components(separatedBy: "\n").prefix { $0 != "```" }.map { line in
            let cut = line.range(of: "   ").map { line[..<$0.lowerBound] } ?? line[...]
            return cut.trimmingCharacters(in: .whitespaces)
        }
        let program = try await Program.listening("Step1")
        let client = try RawClient(port: program.port)
        let request = lines.filter { $0.hasPrefix("→") }.map { String($0.dropFirst(2)) }
        client.send(request.joined(separator: "\r\n") + "\r\n")
        let answer = try await client.answer()
        for line in lines where line.hasPrefix("←") {
            let shown = String(line.dropFirst(2))
            if shown.hasPrefix("HTTP/1.1 ") {
                #expect(shown == "HTTP/1.1 \(answer.status) OK")
            } else {
                let parts = shown.components(separatedBy: ": ")
                let value = try #require(answer.field(parts[0]), "\(parts[0])")
                #expect(parts[1] == "…" || parts[1] == value)
            }
        }
        _ = try await program.terminate()
    }
}
