// The fields of a request or a response, by name in any case. They lie as lines in one array: of a
// request in its head, of a response as they will be sent. No string is made before one is asked
// for. Spec: RFC 9110 §5. Next: HTTPRequestHead.swift, HTTPResponse.swift.

import EngineBytes

/// The fields (headers) of a request or a response, in their order.
/// Spec: RFC 9110 §5
public struct HTTPFields: Sendable {
    /// The lines, each with its colon and its CR LF; of a request all of its head.
    private(set) var bytes: [UInt8] = []
    /// Where they lie: in a head the request line stands in front, and an empty line behind.
    private var start = 0
    private var end = 0

    /// No fields yet.
    public init() {}

    /// The field lines of a head that the decoder has found valid.
    init(head: [UInt8], start: Int) {
        (bytes, self.start, end) = (head, start, head.count - 2)
    }

    /// The value of a field. Several lines of one name are joined by ", ", as their meaning is.
    /// Spec: RFC 9110 §5.3
    public subscript(_ name: String) -> String? {
        let values = all(named: name)
        return values.count < 2 ? values.first : values.joined(separator: ", ")
    }

    /// The values of all lines with this name.
    public func all(named name: String) -> [String] {
        var values: [String] = []
        visitLines { line, colon in
            guard colon - line.lowerBound == name.utf8.count,
                bytes[line.lowerBound..<colon].equalsIgnoringCase(name.utf8)
            else { return }
            values.append(value(in: line, colon))
        }
        return values
    }

    /// All field lines, in their order.
    public var lines: [(name: String, value: String)] {
        var lines: [(name: String, value: String)] = []
        visitLines { line, colon in
            let name = String(decoding: bytes[line.lowerBound..<colon], as: UTF8.self)
            lines.append((name, value(in: line, colon)))
        }
        return lines
    }

    private func value(in line: Range<Int>, _ colon: Int) -> String {
        let value = bytes[(colon + 1)..<(line.upperBound - 2)]
        return String(decoding: value.trimmed, as: UTF8.self)
    }

    /// Adds a line, beside others of the same name. A name that is no token is left out: a colon
    /// or a blank in it would make another field of it. Whatever a value holds, it stays on its
    /// line: a line break in it would begin a new field, or a new response.
    /// Spec: RFC 9110 §5.5
    public mutating func add(_ name: String, _ value: String) {
        bytes.removeLast(bytes.count - end)
        if bytes.isEmpty { bytes.reserveCapacity(128) }
        bytes.append(contentsOf: name.utf8)
        guard bytes.count > end, bytes[end...].allSatisfy({ $0.isToken }) else {
            return bytes.removeLast(bytes.count - end)
        }
        bytes.append(.colon)
        bytes.append(.space)
        let valueStart = bytes.count
        bytes.append(contentsOf: value.utf8)
        for index in valueStart..<bytes.count where bytes[index] <= .cr {
            if [.cr, .lf, 0].contains(bytes[index]) { bytes[index] = .space }
        }
        bytes.append(.cr)
        bytes.append(.lf)
        end = bytes.count
    }

    /// Walks over the lines: where each lies, its CR LF included, and where its colon.
    func visitLines(_ visit: (_ line: Range<Int>, _ colon: Int) -> Void) {
        var line = start
        while line < end, bytes[line] != .cr {
            var colon = line
            while bytes[colon] != .colon { colon &+= 1 }
            var lineEnd = colon
            while bytes[lineEnd] != .cr { lineEnd &+= 1 }
            visit(line..<(lineEnd + 2), colon)
            line = lineEnd + 2
        }
    }
}
