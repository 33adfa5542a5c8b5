// The payload of an event or an acknowledgement, checked but not yet decoded: its bytes, where
// its elements lie, and the attachments. In: an index and a type. Out: a value, or a sentence
// about what does not fit. Next: ArgumentMismatch.swift; SocketIOEvents/EventHandlers.swift asks.

import Bytes
import Foundation

/// The arguments of an event or of an acknowledgement.
public struct Arguments: Sendable {
    /// The text of the whole array.
    package let json: ArraySlice<UInt8>
    /// The binary attachments, in their order.
    package let attachments: [[UInt8]]
    private let elements: [Range<Int>]
    private let hasName: Bool

    /// The array's elements have been found by the scanner.
    init(json: ArraySlice<UInt8>, elements: [Range<Int>], hasName: Bool, attachments: [[UInt8]]) {
        self.json = json
        self.elements = elements
        self.hasName = hasName
        self.attachments = attachments
    }

    /// Arguments that nobody has sent: these texts.
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
        return JSONParser.string(text) ?? String(decoding: text, as: UTF8.self)
    }

    /// An argument's JSON text, as it came; nil if there is none.
    package func text(at index: Int) -> ArraySlice<UInt8>? {
        let position = hasName ? index + 1 : index
        return elements.indices.contains(position) ? json[elements[position]] : nil
    }

    /// Decodes one argument. A missing one is nil where the type is optional.
    public func decode<T: Decodable>(
        _ type: T.Type, at index: Int
    ) throws(ArgumentMismatch) -> T {
        let text = self.text(at: index)
        if let text, let value = decodeDirectly(type, text) { return value }
        if let optional = type as? any OptionalArgument.Type {
            return try decodeOptional(optional, text, at: index)
        }
        guard let text else {
            throw ArgumentMismatch(index, expected: type, arrived: nil)
        }
        // Of these the direct way has the last word: Foundation would read `1e2` as an Int.
        guard !isDirect(type), let value = decodeWithFoundation(type, text) else {
            throw ArgumentMismatch(index, expected: type, arrived: text)
        }
        return value
    }

    private func decodeOptional<T>(
        _ type: any OptionalArgument.Type, _ text: ArraySlice<UInt8>?, at index: Int
    ) throws(ArgumentMismatch) -> T {
        let isNull = text.map { $0.first == UInt8(ascii: "n") } ?? true
        let value = isNull ? type.none : try type.decodeWrapped(from: self, at: index)
        guard let value = value as? T else {
            throw ArgumentMismatch(index, expected: T.self, arrived: text)
        }
        return value
    }

    /// The same arguments in bytes of their own: whoever keeps them does not keep the megabyte that
    /// they may have come in.
    package func copied() -> Arguments {
        let start = json.startIndex
        return Arguments(
            json: Array(json)[...],
            elements: elements.map { ($0.lowerBound - start)..<($0.upperBound - start) },
            hasName: hasName, attachments: attachments)
    }

    // MARK: - Two ways to decode

    /// Levels that a struct may have.
    private static let structDepth = 64

    private func isDirect<T>(_ type: T.Type) -> Bool {
        type == String.self || type == Int.self || type == Bool.self || type == Double.self
            || type == JSON.self || type == Data.self
    }

    /// The types that nearly every event has. Comparing types costs next to nothing.
    private func decodeDirectly<T>(_ type: T.Type, _ text: ArraySlice<UInt8>) -> T? {
        if type == String.self { return JSONParser.string(text) as? T }
        if type == Int.self { return JSONParser.int(text) as? T }
        if type == Double.self { return JSONParser.double(text) as? T }
        if type == Bool.self { return bool(text) as? T }
        if type == JSON.self { return JSONParser.value(text, attachments: attachments) as? T }
        if type == Data.self {
            return JSONParser.value(text, attachments: attachments)?.binary as? T
        }
        return nil
    }

    private func bool(_ text: ArraySlice<UInt8>) -> Bool? {
        switch text.first {
        case UInt8(ascii: "t"): true
        case UInt8(ascii: "f"): false
        default: nil
        }
    }

    private func decodeWithFoundation<T: Decodable>(
        _ type: T.Type, _ text: ArraySlice<UInt8>
    ) -> T? {
        // Foundation calls itself for each level, on a stack that may be small (half a megabyte on
        // threads that are not the first); nobody's struct is so deep.
        guard (try? JSONScanner.check(text, depthLimit: Self.structDepth)) != nil else {
            return nil
        }
        let decoder = JSONDecoder()
        if !attachments.isEmpty, let key = Placeholder.userInfoKey {
            decoder.userInfo[key] = attachments
        }
        decoder.dataDecodingStrategy = .custom { decoder in
            let placeholder = try Placeholder(from: decoder)
            guard let data = try placeholder.attachment(in: decoder) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "no attachment"))
            }
            return data
        }
        return try? decoder.decode(type, from: Data(text))
    }
}

/// What `Optional` can do for an argument that may be missing.
private protocol OptionalArgument {
    static var none: Self { get }
    static func decodeWrapped(from arguments: Arguments, at index: Int) throws(ArgumentMismatch)
        -> Self
}

extension Optional: OptionalArgument where Wrapped: Decodable {
    fileprivate static func decodeWrapped(
        from arguments: Arguments, at index: Int
    ) throws(ArgumentMismatch) -> Wrapped? {
        try arguments.decode(Wrapped.self, at: index)
    }
}
