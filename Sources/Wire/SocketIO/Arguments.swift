// The payload of an event or an acknowledgement, checked but not yet decoded: its bytes, where
// its elements lie, and the attachments. In: an index and a type. Out: a value, or a sentence
// about what does not fit. Next: ArgumentMismatch.swift; Sources/Events/EventHandlers.swift asks.

/// The arguments of an event or of an acknowledgement.
public struct Arguments: Sendable {
    /// The text of the array, which may have blanks around it.
    var source: ArraySlice<UInt8>
    /// Where its elements lie in it.
    let elements: ElementPlaces
    /// Whether the first element is an event's name.
    let hasName: Bool
    /// The binary attachments, in their order. Nil, not empty: an empty array is counted by
    /// reference as others are, with each copy.
    private var someAttachments: [[UInt8]]?
    package internal(set) var attachments: [[UInt8]] {
        get { someAttachments ?? [] }
        set { someAttachments = newValue.isEmpty ? nil : newValue }
    }

    /// Checks a text that has to be an array. Not an initializer: those that throw make a copy.
    static func checked(
        _ source: ArraySlice<UInt8>, hasName: Bool, limits: SocketIOLimits
    ) throws(SocketIOError) -> Arguments {
        let elements = try JSONScanner.elements(in: source, depthLimit: limits.depth)
        // Beside the arguments: the event's name.
        guard elements.count <= limits.arguments + 1 else {
            throw SocketIOError("an event has at most \(limits.arguments) arguments")
        }
        if hasName { try checkName(source.element(0, elements), limits, elements.haveEscapes) }
        return Arguments(source: source, elements: elements, hasName: hasName)
    }

    private static func checkName(
        _ name: ArraySlice<UInt8>?, _ limits: SocketIOLimits, _ mayHaveEscapes: Bool
    ) throws(SocketIOError) {
        guard let name, name.first == .quote || JSONReader.isNumber(name) else {
            throw SocketIOError(
                "the first element of an event must be its name, a string or a number")
        }
        guard name.count <= limits.eventName else {
            throw SocketIOError("an event's name has at most \(limits.eventName) bytes")
        }
        guard !ReservedEvents.include(name, mayHaveEscapes: mayHaveEscapes) else {
            throw SocketIOError("the event's name is reserved (connect, disconnect …)")
        }
    }

    /// How many arguments there are; the event's name is none.
    public var count: Int { Int(elements.count) - (hasName ? 1 : 0) }

    /// The event's name. A numeric event has its number for a name.
    package var eventName: String {
        guard hasName, let name = text(at: -1) else { return "" }
        return JSONReader.string(name) ?? String(decoding: name, as: UTF8.self)
    }

    /// The bytes of the event's name. Nearly always they stand in the text as they are: then no
    /// string is made.
    package var nameBytes: ArraySlice<UInt8> {
        guard hasName, !elements.haveEscapes else {
            return Array(eventName.utf8)[...]
        }
        let (start, end) = elements[0]
        let isString = source[source.startIndex + Int(start)] == .quote
        return source.part(from: isString ? start + 1 : start, to: isString ? end - 1 : end)
    }

    /// An argument's JSON text, as it came; nil if there is none. An event's name is at -1.
    package func text(at index: Int) -> ArraySlice<UInt8>? {
        source.element(hasName ? index + 1 : index, elements)
    }

    /// Decodes one argument. A missing one is nil where the type is optional, and null as `JSON`.
    public func decode<T: Decodable>(
        _ type: T.Type, at index: Int
    ) throws(ArgumentMismatch) -> T {
        guard let text = text(at: index) else { return try missing(type, at: index) }
        do {
            return try DirectType.decode(type, text, mayHaveEscapes: elements.haveEscapes) {
                try ValueDecoder.decode(type, text, attachments)
            }
        } catch {
            throw ArgumentMismatch(index, expected: type, arrived: text, error)
        }
    }

    /// Never inlined: `decode` is on the path of every event, and this makes an optional T.
    @inline(never)
    private func missing<T>(_ type: T.Type, at index: Int) throws(ArgumentMismatch) -> T {
        if let type = type as? any ExpressibleByNilLiteral.Type,
            let none = type.init(nilLiteral: ()) as? T
        {
            return none
        }
        throw ArgumentMismatch(index, expected: type, arrived: nil)
    }
}
