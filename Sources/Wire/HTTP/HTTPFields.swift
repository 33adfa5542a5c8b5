// The fields of a request or a response, by name in any case. They lie as lines in one array: of a
// request in its head, of a response as they will be sent. No string is made before one is asked
// for. Spec: RFC 9110 §5. Next: HTTPRequestHead.swift, HTTPResponse.swift.

import EngineBytes

/// The fields (headers) of a request or a response, in their order.
/// Spec: RFC 9110 §5
public struct HTTPFields: Sendable {
    /// The lines, each with its colon and its CR LF; of a request a part of its head.
    private(set) var bytes: ArraySlice<UInt8> = []

    /// No fields yet.
    public init() {}

    /// Lines that are known to be valid.
    package init(lines: ArraySlice<UInt8>) { bytes = lines }

    /// The value of a field. Several lines of one name are joined by ", ", as their meaning is.
    /// Spec: RFC 9110 §5.3
    public subscript(_ name: String) -> String? {
        let values = all(named: name)
        return values.count < 2 ? values.first : values.joined(separator: ", ")
    }

    /// The values of all lines with this name.
    public func all(named name: String) -> [String] {
        var values: [String] = []
        visitLines { _, lineName, value in
            guard bytes[lineName].equalsIgnoringCase(name.utf8) else { return }
            values.append(String(decoding: bytes[value].trimmed, as: UTF8.self))
        }
        return values
    }

    /// Adds a line, beside others of the same name. A name that is no token is left out: a colon
    /// or a blank in it would make another field of it. Whatever a value holds, it stays on its
    /// line: a line break in it would begin a new field, or a new response.
    /// Spec: RFC 9110 §5.5
    public mutating func add(_ name: String, _ value: String) {
        guard !name.isEmpty, name.utf8.allSatisfy({ $0.isToken }) else { return }
        var line: [UInt8] = []
        line.reserveCapacity(name.utf8.count + value.utf8.count + 4)
        line += name.utf8
        line.append(literal: ": ")
        for byte in value.utf8 {
            line.append(byte == .cr || byte == .lf || byte == 0 ? .space : byte)
        }
        line.append(literal: "\r\n")
        bytes += line
    }

    /// Walks over the lines: where each lies with its CR LF, and its name, and its value.
    func visitLines(_ visit: (Range<Int>, Range<Int>, Range<Int>) -> Void) {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            var colon = start
            while bytes[colon] != .colon { colon &+= 1 }
            var end = colon
            while bytes[end] != .cr { end &+= 1 }
            visit(start..<(end + 2), start..<colon, (colon + 1)..<end)
            start = end + 2
        }
    }
}
