// The types whose JSON is not what their own `Codable` says: those that nearly every event has, for
// which a container would be a detour, and those that have a form of their own in JSON.
// Next: ValueDecoder.swift, ValueEncoder.swift; More/JSONValues.swift and More/TextTypes.swift.

/// A type with a form of its own in JSON: bytes, dates.
protocol HasOwnJSON {
    /// Nil: the value is none of it.
    static func value(of decoder: ValueDecoder) -> Self?
    /// Adds its text, and its bytes to the attachments.
    func append(to json: inout [UInt8], _ attachments: inout [[UInt8]])
}

/// Reads and writes values that go through no container. Comparing types costs next to nothing.
enum DirectType {
    /// Whether a type is one of them.
    static func includes<T>(_ type: T.Type) -> Bool {
        type == String.self || type == Int.self || type == Bool.self || type == Double.self
    }

    /// Of another type, or where the text is no value of this one, what `other` says.
    ///
    /// The types have been compared, so that bits may be taken for what they are. `as? T` makes an
    /// optional T, whose type is looked up at each call as the program runs: 400 instructions.
    static func decode<T>(
        _ type: T.Type, _ text: ArraySlice<UInt8>, mayHaveEscapes: Bool = true,
        or other: () throws -> T
    ) rethrows -> T {
        if type == String.self {
            let string = JSONReader.string(text, mayHaveEscapes: mayHaveEscapes)
            if let string { return unsafeBitCast(string, to: type) }
        } else if type == Int.self {
            let number: Int? = JSONReader.integer(text)
            if let number { return unsafeBitCast(number, to: type) }
        } else if type == Bool.self {
            if let truth = JSONReader.bool(text) { return unsafeBitCast(truth, to: type) }
        } else if type == Double.self {
            let number: Double? = JSONReader.floating(text)
            if let number { return unsafeBitCast(number, to: type) }
        }
        return try other()
    }

    /// Adds a value. False: it is of another type.
    static func append<T>(
        _ value: T, to json: inout [UInt8], _ attachments: inout [[UInt8]]
    ) -> Bool {
        if T.self == String.self {
            JSONWriter.append(unsafeBitCast(value, to: String.self), to: &json)
        } else if T.self == Int.self {
            JSONWriter.append(unsafeBitCast(value, to: Int.self), to: &json)
        } else if T.self == Bool.self {
            JSONWriter.append(unsafeBitCast(value, to: Bool.self), to: &json)
        } else if T.self == Double.self {
            JSONWriter.append(unsafeBitCast(value, to: Double.self), to: &json)
        } else if T.self is any HasOwnJSON.Type, let own = value as? any HasOwnJSON {
            own.append(to: &json, &attachments)
        } else {
            return false
        }
        return true
    }
}
