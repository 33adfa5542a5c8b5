// Boxes inside each other: where something lies, and what it says. In: names, ranges. Out: a tree.
// Next: Observation.swift.

import CourseLanguage
import EngineBytes

/// A range of bytes with its meaning, and what is in it.
package nonisolated struct Layer: Codable, Equatable, Sendable {
    /// Which bytes of an observation the range is of.
    package enum Place: String, Codable, Sendable {
        case wire, content
    }

    /// In English: pages know a layer by it.
    package let name: String
    /// The same for a person, if the language is another.
    package let label: String?
    package let place: Place
    package let start: Int
    package let count: Int
    /// In words, escaped and cut after 200 characters.
    package var meaning: String
    package var layers: [Layer]

    init(
        _ name: Sentence, _ range: Range<Int>, in place: Place, _ meaning: String,
        _ layers: [Layer] = []
    ) {
        self.name = name.english
        label = name.text == name.english ? nil : name.text
        self.place = place
        start = range.lowerBound
        count = range.count
        self.meaning = escapedForLog(meaning)
        self.layers = layers
    }

    /// A part of the content that is text.
    init(_ name: Sentence, text: ArraySlice<UInt8>, _ layers: [Layer] = []) {
        let meaning = layers.isEmpty ? String(decoding: text, as: UTF8.self) : ""
        self.init(name, text.indices, in: .content, meaning, layers)
    }
}

/// In the language that was chosen. What passes on the wire stays as it is.
nonisolated func said(_ sentence: Sentence) -> String { sentence.text }

/// What was found in a content.
nonisolated struct Meaning {
    var summary = ""
    var layers: [Layer] = []
    var problems: [String] = []
    var belongsTo: Int?
    var isHeartbeat = false
}
