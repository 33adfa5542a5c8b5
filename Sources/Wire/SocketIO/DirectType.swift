// The types whose JSON is not what their own `Codable` says: those that nearly every event has, for
// which a container would be a detour, and those that have a form of their own in JSON.
// Next: ValueDecoder.swift, ValueEncoder.swift; More/JSONValues.swift and More/TextTypes.swift.

/// A type with a form of its own in JSON: bytes, dates.
protocol HasOwnJSON {
    /// Nil: the text is no value of it.
    static func value(ofJSON text: ArraySlice<UInt8>, _ attachments: [[UInt8]]) -> Self?
    /// Adds its text, and its bytes to the attachments.
    func append(to json: inout [UInt8], _ attachments: inout [[UInt8]])
}

/// Reads and writes values that go through no container. Comparing types costs next to nothing.
enum DirectType {
    /// Whether a type is one of them.
    static func includes<T>(_ type: T.Type) -> Bool {
        type == String.self || type == Int.self || type == Bool.self || type == Double.self
    }

    /// Nil: it is another type, or the text is no value of it.
    static func decode<T>(_ type: T.Type, _ text: ArraySlice<UInt8>) -> T? {
        if type == String.self { return JSONReader.string(text) as? T }
        if type == Int.self { return JSONReader.integer(text) as Int? as? T }
        if type == Bool.self { return JSONReader.bool(text) as? T }
        if type == Double.self { return JSONReader.floating(text) as Double? as? T }
        return nil
    }

    /// Adds a value. False: it is of another type.
    static func append<T>(
        _ value: T, to json: inout [UInt8], _ attachments: inout [[UInt8]]
    ) -> Bool {
        if T.self == String.self, let text = value as? String {
            JSONWriter.append(text, to: &json)
        } else if T.self == Int.self, let number = value as? Int {
            JSONWriter.append(number, to: &json)
        } else if T.self == Bool.self, let truth = value as? Bool {
            JSONWriter.append(truth, to: &json)
        } else if T.self == Double.self, let number = value as? Double {
            JSONWriter.append(number, to: &json)
        } else if T.self is any HasOwnJSON.Type, let own = value as? any HasOwnJSON {
            own.append(to: &json, &attachments)
        } else {
            return false
        }
        return true
    }
}
