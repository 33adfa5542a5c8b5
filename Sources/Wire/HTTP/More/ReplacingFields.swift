// Fields that are set in place of others. Next: ../HTTPFields.swift.

import EngineBytes

extension HTTPFields {
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
