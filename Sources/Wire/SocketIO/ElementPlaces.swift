// Where the elements of an array lie in its text. In: places, in their order. Out: the same, by
// number. Next: Arguments.swift.

/// Where the elements of an array begin and end, counted from the beginning of its text. An event
/// mostly has a name and one or two arguments: up to three need no memory of their own. In 32 bits
/// each, since they are moved from hand to hand with each event.
struct ElementPlaces {
    typealias Place = (start: UInt32, end: UInt32)
    /// Where a longer text is refused.
    static let longestText = Int(UInt32.max)

    private var first: (Place, Place, Place) = ((0, 0), (0, 0), (0, 0))
    /// Nil, not empty: see `Arguments.attachments`.
    private var others: [Place]?
    private(set) var count: UInt32 = 0
    /// Whether a string in the text has an escape. Nearly no text has: then strings are as they
    /// stand there.
    var haveEscapes = false

    mutating func append(from start: Int, to end: Int) {
        let place = (UInt32(start), UInt32(end))
        switch count {
        case 0: first.0 = place
        case 1: first.1 = place
        case 2: first.2 = place
        default:
            if others == nil { others = [] }
            others?.append(place)
        }
        count += 1
    }

    subscript(index: Int) -> Place {
        switch index {
        case 0: first.0
        case 1: first.1
        case 2: first.2
        default: others?[index - 3] ?? first.2
        }
    }
}

extension ArraySlice<UInt8> {
    /// A part of this text, by distances from its beginning.
    func part(from start: UInt32, to end: UInt32) -> ArraySlice<UInt8> {
        self[(startIndex + Int(start))..<(startIndex + Int(end))]
    }

    /// The text of an element; nil if there is none.
    func element(_ index: Int, _ places: ElementPlaces) -> ArraySlice<UInt8>? {
        guard index >= 0, index < places.count else { return nil }
        return part(from: places[index].start, to: places[index].end)
    }
}
