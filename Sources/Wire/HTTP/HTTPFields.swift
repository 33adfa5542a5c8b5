// In: the bytes of a request's head, or names and values for a response. Out: fields by name, in
// any case. A request's fields are a view: no string is made before somebody asks for one.
// Spec: RFC 9110 §5. Next: HTTPRequestHead.swift, HTTPResponse.swift.

import EngineBytes

/// The fields (headers) of a request or a response, in their order.
/// Spec: RFC 9110 §5
public struct HTTPFields: Sendable {
    /// Of a request: its head, and where the field lines begin.
    private var head: [UInt8]
    private var start: Int
    /// Of a response, or added later.
    private var added: [(name: String, value: String)] = []

    /// No fields yet.
    public init() {
        head = []
        start = 0
    }

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
        let wanted = Array(name.utf8)
        visitLines { nameRange, valueRange in
            if equalIgnoringCase(head[nameRange], wanted[...]) {
                values.append(String(decoding: head[valueRange], as: UTF8.self))
            }
        }
        for field in added where equalIgnoringCase(Array(field.name.utf8)[...], wanted[...]) {
            values.append(field.value)
        }
        return values
    }

    /// All field lines, in their order.
    public var lines: [(name: String, value: String)] {
        var lines: [(name: String, value: String)] = []
        visitLines { name, value in
            lines.append(
                (
                    String(decoding: head[name], as: UTF8.self),
                    String(decoding: head[value], as: UTF8.self)
                ))
        }
        return lines + added
    }

    /// Whether a field holds a token in its comma-separated list: `Connection: upgrade`.
    package func has(_ token: String, in name: String) -> Bool {
        all(named: name).contains { listed($0).contains(token) }
    }

    private func listed(_ value: String) -> [String] {
        value.lowercased().split(separator: ",").map { item in
            String(decoding: trimmed(Array(item.utf8)[...]), as: UTF8.self)
        }
    }

    /// Adds a line, beside others of the same name. A name that is no token is left out: a colon
    /// or a blank in it would make another field of it.
    public mutating func add(_ name: String, _ value: String) {
        guard !name.isEmpty, name.utf8.allSatisfy(\.isToken) else { return }
        added.append((name, value))
    }

    /// Adds a line in place of others of the same name.
    public mutating func set(_ name: String, _ value: String) {
        // The lines of a request are a view of its head; from here on they are our own.
        added = lines
        (head, start) = ([], 0)
        let wanted = Array(name.utf8)
        added.removeAll { equalIgnoringCase(Array($0.name.utf8)[...], wanted[...]) }
        add(name, value)
    }

    /// Walks over the lines of a valid head: each has a colon, and ends in CR LF.
    private func visitLines(_ visit: (_ name: Range<Int>, _ value: Range<Int>) -> Void) {
        var line = start
        while line < head.count, head[line] != .cr {
            var colon = line
            while head[colon] != .colon { colon += 1 }
            var end = colon
            while head[end] != .cr { end += 1 }
            let value = trimmed(head[(colon + 1)..<end])
            visit(line..<colon, value.startIndex..<value.endIndex)
            line = end + 2
        }
    }
}

/// Without blanks and tabs around it.
/// Spec: RFC 9110 §5.6.3
package func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while let first = rest.first, first == .space || first == .tab { rest.removeFirst() }
    while let last = rest.last, last == .space || last == .tab { rest.removeLast() }
    return rest
}

/// Field names and tokens know no case.
func equalIgnoringCase(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    var index = left.startIndex
    for byte in right {
        if asciiLowercased(left[index]) != asciiLowercased(byte) { return false }
        index += 1
    }
    return true
}

/// The same letter, small; any other byte as it is.
@inline(__always)
func asciiLowercased(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
}
