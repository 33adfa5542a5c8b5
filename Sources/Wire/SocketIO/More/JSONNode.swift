// A JSON text as a program walks over it that turns it into something else: with its members in
// the order of the text, which `JSON` does not keep, and with attachments in their places.
// In: a text, and attachments. Out: one value, and the values in it. Next: JSONValues.swift.

import EngineBytes

/// A value of a JSON text that is known to be valid.
package struct JSONNode {
    private let source: ValueSource
    private let index: Int

    /// What a value is.
    package enum Content {
        case null
        case bool(Bool)
        case int(Int64)
        /// A whole number beyond `int`.
        case uint(UInt64)
        /// Infinite, if it was larger than any.
        case double(Double)
        case string(String)
        case binary([UInt8])
        case array([JSONNode])
        case object([(name: String, value: JSONNode)])
        /// A placeholder that stands for no attachment.
        case missingAttachment
    }

    /// The value that a text spells; nil: it is no JSON, or nested deeper than `depthLimit`.
    package init?(_ text: ArraySlice<UInt8>, attachments: [[UInt8]], depthLimit: Int) {
        guard let source = try? ValueSource(text, attachments, depthLimit: depthLimit) else {
            return nil
        }
        self.init(source, 0)
    }

    private init(_ source: ValueSource, _ index: Int) {
        self.source = source
        self.index = index
    }

    /// What it is.
    package var content: Content {
        let text = source.text(at: index)
        switch text.first {
        case "["?: return .array(children)
        case "{"?: return object
        case "n"?: return .null
        default: break
        }
        if let string = JSONReader.string(text) { return .string(string) }
        if let bool = JSONReader.bool(text) { return .bool(bool) }
        if let int: Int64 = JSONReader.plainInteger(text) { return .int(int) }
        if let uint: UInt64 = JSONReader.plainInteger(text) { return .uint(uint) }
        if let double: Double = JSONReader.floating(text) { return .double(double) }
        return .double(text.first == "-" ? -.infinity : .infinity)
    }

    /// The values directly within this one; of an object names and values in turn.
    private var children: [JSONNode] {
        var nodes: [JSONNode] = []
        var child = index + 1
        while child < source.places[index].next {
            nodes.append(JSONNode(source, child))
            child = source.places[child].next
        }
        return nodes
    }

    /// An object that stands for an attachment becomes that attachment.
    private var object: Content {
        let nodes = children
        let members = stride(from: 0, to: nodes.count, by: 2).map { number in
            let name = source.text(at: nodes[number].index)
            return (name: JSONReader.string(name) ?? "", value: nodes[number + 1])
        }
        guard !source.attachments.isEmpty,
            let mark = members.last(where: { $0.name == "_placeholder" })?.value,
            case .bool(true) = mark.content
        else { return .object(members) }
        guard case .int(let number)? = members.last(where: { $0.name == "num" })?.value.content,
            let place = Int(exactly: number), source.attachments.indices.contains(place)
        else { return .missingAttachment }
        return .binary(source.attachments[place])
    }
}
