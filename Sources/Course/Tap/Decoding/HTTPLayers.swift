// The layers of a request or a response: start line, field lines, body. In: its bytes, known to be
// well-formed. Out: layers. Next: PacketReader.swift for what is in a body.

import CourseLanguage
import EngineBytes

/// Where a head ends: behind its empty line; nil: it is not all there.
nonisolated func headEnd(of bytes: [UInt8]) -> Int? {
    var line = 0
    while let end = bytes[line...].firstIndex(of: .lf) {
        let isEmpty = end == line || (end == line + 1 && bytes[line] == .cr)
        // Old clients send an empty line in front of a request.
        if isEmpty, line > 0 { return end + 1 }
        line = end + 1
    }
    return nil
}

/// Where name and value of each field line lie; lines that are none are left out.
nonisolated func fieldLines(of wire: [UInt8]) -> [(name: Range<Int>, value: Range<Int>)] {
    guard let end = headEnd(of: wire) else { return [] }
    return wire[..<end].split(separator: .lf).dropFirst().compactMap { line in
        guard let colon = line.firstIndex(of: .colon) else { return nil }
        let value = (line.last == .cr ? line.dropLast() : line)[(colon + 1)...].trimmed
        return (line.startIndex..<colon, value.indices)
    }
}

extension Observation {
    /// Fills in what is known of a request or a response.
    nonisolated mutating func describe(_ wire: [UInt8], body: [UInt8], _ meaning: Meaning) {
        let isRequest = way == .toServer
        let text = { (range: Range<Int>) in String(decoding: wire[range], as: UTF8.self) }
        let start = 0..<(wire.firstIndex(of: .cr) ?? 0)
        var lines = [
            Layer(isRequest ? "request line" : "status line", start, in: .wire, text(start))
        ]
        for (name, value) in fieldLines(of: wire) {
            let place = name.lowerBound..<value.upperBound
            lines.append(Layer(Sentence(verbatim: text(name)), place, in: .wire, text(value)))
        }
        if let end = headEnd(of: wire), end < wire.count {
            let isInChunks = wire.count - end != body.count
            let count = body.count
            let size: Sentence =
                isInChunks ? "in chunks, together \(count) bytes" : "\(count) bytes"
            lines.append(Layer("body", end..<wire.count, in: .wire, size.text))
        }
        // Without the version, which has nine bytes with its blank.
        let line = isRequest ? text(start).dropLast(9) : text(start).dropFirst(9)
        summary = escapedForLog(String(line))
        if !meaning.summary.isEmpty { summary += ": \(meaning.summary)" }
        self.wire = ShownBytes(wire)
        content = body.isEmpty ? nil : ShownBytes(body)
        let name: Sentence = isRequest ? "HTTP request" : "HTTP response"
        layers = [Layer(name, 0..<wire.count, in: .wire, String(line), lines)]
        add(meaning)
    }

    /// Fills in what was found in the content.
    nonisolated mutating func add(_ meaning: Meaning) {
        layers += meaning.layers
        problems += meaning.problems
        isHeartbeat = meaning.isHeartbeat
        belongsTo = meaning.belongsTo
    }
}
