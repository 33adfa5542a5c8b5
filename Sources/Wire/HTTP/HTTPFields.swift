// The fields of a request or a response, by name in any case. A request's fields are a view of its
// head: no string is made before one is asked for.
// Spec: RFC 9110 §5. Next: HTTPRequestHead.swift, HTTPResponse.swift.

import EngineBytes

/// The fields (headers) of a request or a response, in their order.
/// Spec: RFC 9110 §5
public struct HTTPFields: Sendable {
    /// Of a request: its head, and where the field lines begin.
    private var head: [UInt8] = []
    private var start = 0
    /// Of a response, or added later.
    private var added: [(name: String, value: String)] = []

    /// No fields yet.
    public init() {}

    /// The field lines of a head that the decoder has found valid.
    init(head: [UInt8], start: Int) {
        self.head = head
        self.start = start
    }

    /// The value of a field. Several lines of one name are joined by ", ", as their meaning is.
    /// Spec: RFC 9110 §5.3
    public subscript(_ name: String) -> String? {
        let values = all(named: name)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// The values of all lines with this name.
    public func all(named name: String) -> [String] {
        var values: [String] = []
        visitLines { lineName, value in
            if lineName.equalsIgnoringCase(name.utf8) {
                values.append(String(decoding: value.trimmed, as: UTF8.self))
            }
        }
        for field in added where field.name.utf8.equalsIgnoringCase(name.utf8) {
            values.append(field.value)
        }
        return values
    }

    /// All field lines, in their order.
    public var lines: [(name: String, value: String)] {
        var lines: [(name: String, value: String)] = []
        visitLines { name, value in
            let value = String(decoding: value.trimmed, as: UTF8.self)
            lines.append((String(decoding: name, as: UTF8.self), value))
        }
        return lines + added
    }

    /// Adds a line, beside others of the same name. A name that is no token is left out: a colon
    /// or a blank in it would make another field of it.
    public mutating func add(_ name: String, _ value: String) {
        guard !name.isEmpty, name.utf8.allSatisfy(\.isToken) else { return }
        added.append((name, value))
    }

    /// Walks over the lines of a valid head: each has a colon, and ends in CR LF.
    private func visitLines(
        _ visit: (_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Void
    ) {
        var line = start
        while line < head.count, head[line] != .cr {
            let colon = head[line...].firstIndex(of: .colon) ?? line
            let end = head[colon...].firstIndex(of: .cr) ?? colon
            visit(head[line..<colon], head[(colon + 1)..<end])
            line = end + 2
        }
    }
}
