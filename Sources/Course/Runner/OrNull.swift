// JSON for JavaScript: a value that is not there is `null`, and not left out.
// Next: LineDifference.swift, ../course/StateParts.swift.

/// A value that is `null` in JSON where there is none; otherwise its key would be left out.
@propertyWrapper
package nonisolated struct OrNull<Value: Codable & Equatable>: Codable, Equatable {
    package var wrappedValue: Value?

    package init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }

    package init(from decoder: any Decoder) throws {
        wrappedValue = try decoder.singleValueContainer().decode(Value?.self)
    }
}
