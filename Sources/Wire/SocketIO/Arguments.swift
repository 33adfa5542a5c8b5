// The payload of an event or an acknowledgement, checked but not yet decoded: its bytes, where
// its elements lie, and the attachments. In: an index and a type. Out: a value, or a sentence
// about what does not fit. Next: ArgumentMismatch.swift; Sources/Events/EventHandlers.swift asks.

/// The arguments of an event or of an acknowledgement.
public struct Arguments: Sendable {
    /// The text of the whole array.
    package let json: ArraySlice<UInt8>
    /// The binary attachments, in their order.
    package let attachments: [[UInt8]]
    let elements: [Range<Int>]
    let hasName: Bool

    /// The array's elements have been found by the scanner.
    init(json: ArraySlice<UInt8>, elements: [Range<Int>], hasName: Bool, attachments: [[UInt8]]) {
        self.json = json
        self.elements = elements
        self.hasName = hasName
        self.attachments = attachments
    }

    /// Arguments that came from nowhere: these texts.
    package init(strings: [String]) {
        var json: [UInt8] = []
        var elements: [Range<Int>] = []
        for string in strings {
            let start = json.count
            JSONWriter.append(string, to: &json)
            elements.append(start..<json.count)
        }
        self.init(json: json[...], elements: elements, hasName: false, attachments: [])
    }

    /// How many arguments there are; the event's name is none.
    public var count: Int { elements.count - (hasName ? 1 : 0) }

    /// The event's name. A numeric event has its number for a name.
    package var eventName: String {
        guard hasName, let range = elements.first else { return "" }
        let text = json[range]
        return JSONReader.string(text) ?? String(decoding: text, as: UTF8.self)
    }

    /// An argument's JSON text, as it came; nil if there is none.
    package func text(at index: Int) -> ArraySlice<UInt8>? {
        let position = hasName ? index + 1 : index
        return elements.indices.contains(position) ? json[elements[position]] : nil
    }

    /// Decodes one argument. A missing one is nil where the type is optional, and null as `JSON`.
    public func decode<T: Decodable>(
        _ type: T.Type, at index: Int
    ) throws(ArgumentMismatch) -> T {
        guard let text = text(at: index) else {
            if let type = type as? any MayBeMissing.Type, let none = type.missing as? T {
                return none
            }
            throw ArgumentMismatch(index, expected: type, arrived: nil)
        }
        if let value = DirectType.decode(type, text) { return value }
        do {
            return try ValueDecoder.decode(type, text, attachments)
        } catch {
            throw ArgumentMismatch(index, expected: type, arrived: text, error)
        }
    }
}

/// A type that has a value for an argument that is not there.
protocol MayBeMissing {
    static var missing: Self { get }
}

extension Optional: MayBeMissing {
    static var missing: Wrapped? { nil }
}
