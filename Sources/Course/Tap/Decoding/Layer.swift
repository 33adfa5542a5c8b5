// Boxes inside each other: where something lies, and what it says. In: names, ranges. Out: a tree.
// Next: Observation.swift.

import EngineBytes

/// A range of bytes with its meaning, and what is in it.
package nonisolated struct Layer: Codable, Equatable, Sendable {
    /// Which bytes of an observation the range is of.
    package enum Place: String, Codable, Sendable {
        case wire, content
    }

    package let name: String
    package let place: Place
    package let start: Int
    package let count: Int
    /// In words, escaped and cut after 200 characters.
    package var meaning: String
    package var layers: [Layer]

    init(
        _ name: String, _ range: Range<Int>, in place: Place, _ meaning: String,
        _ layers: [Layer] = []
    ) {
        self.name = name
        self.place = place
        start = range.lowerBound
        count = range.count
        self.meaning = escapedForLog(meaning)
        self.layers = layers
    }

    /// A part of the content that is text.
    init(_ name: String, text: ArraySlice<UInt8>, _ layers: [Layer] = []) {
        let meaning = layers.isEmpty ? String(decoding: text, as: UTF8.self) : ""
        self.init(name, text.indices, in: .content, meaning, layers)
    }
}

/// What was found in a content.
nonisolated struct Meaning {
    var summary = ""
    var layers: [Layer] = []
    var problems: [String] = []
    var belongsTo: Int?
    var isHeartbeat = false
}
