// All fields in their order, and fields that are set in place of others. Next: ../HTTPFields.swift.

import EngineBytes

extension HTTPFields {
    /// All field lines, in their order.
    public var lines: [(name: String, value: String)] {
        var lines: [(name: String, value: String)] = []
        visitLines { _, name, value in
            let value = String(decoding: bytes[value].trimmed, as: UTF8.self)
            lines.append((String(decoding: bytes[name], as: UTF8.self), value))
        }
        return lines
    }

    /// Adds a line in place of others of the same name.
    public mutating func set(_ name: String, _ value: String) {
        var fields = HTTPFields()
        for line in lines where !line.name.utf8.equalsIgnoringCase(name.utf8) {
            fields.add(line.name, line.value)
        }
        fields.add(name, value)
        self = fields
    }
}
