// The payload of an event or an acknowledgement, checked but not yet decoded: its bytes, where
// its elements lie, and the attachments. In: an index and a type. Out: a value, or a sentence
// about what does not fit. Next: ArgumentMismatch.swift; Sources/Events/EventHandlers.swift asks.

/// The arguments of an event or of an acknowledgement.
public struct Arguments: Sendable {
    /// The text of the array, which may have blanks around it.
    var source: ArraySlice<UInt8>
    /// Where the array lies in it, and each of its elements.
    let places: [JSONScanner.Place]
    /// Whether the first element is an event's name.
    let hasName: Bool
    /// The binary attachments, in their order.
    package internal(set) var attachments: [[UInt8]] = []

    /// Checks a text that has to be an array.
    init(
        _ source: ArraySlice<UInt8>, hasName: Bool, limits: SocketIOLimits
    ) throws(SocketIOError) {
        places = try JSONScanner.places(in: source, levels: 2, depthLimit: limits.depth)
        // Beside the arguments: the array, and the event's name.
        guard places.count <= limits.arguments + 2 else {
            throw SocketIOError("an event has at most \(limits.arguments) arguments")
        }
        self.source = source
        self.hasName = hasName
    }

    /// How many arguments there are; the event's name is none.
    public var count: Int { places.dropFirst(hasName ? 2 : 1).count }

    /// The text of the event's name: a string, or a number.
    var name: ArraySlice<UInt8>? { hasName && places.count > 1 ? source[places[1]] : nil }

    /// The event's name. A numeric event has its number for a name.
    package var eventName: String {
        guard let name else { return "" }
        return JSONReader.string(name) ?? String(decoding: name, as: UTF8.self)
    }

    /// An argument's JSON text, as it came; nil if there is none. An event's name is at -1.
    package func text(at index: Int) -> ArraySlice<UInt8>? {
        let number = index + (hasName ? 2 : 1)
        return number > 0 && number < places.count ? source[places[number]] : nil
    }

    /// Decodes one argument. A missing one is nil where the type is optional, and null as `JSON`.
    public func decode<T: Decodable>(
        _ type: T.Type, at index: Int
    ) throws(ArgumentMismatch) -> T {
        guard let text = text(at: index) else { return try missing(type, at: index) }
        do {
            return try DirectType.decode(type, text) {
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
