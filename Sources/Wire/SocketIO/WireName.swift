// A name that came over the wire, or is compared with one that did. A key for dictionaries, sets.
// Next: JSON.swift, ../../Events/Listeners.swift.

/// A name that is equal to another one when its bytes are, as in JavaScript. Swift's own String
/// holds `é` (U+00E9) and `é` (`e`, U+0301) for equal: two clients that chose them would meet in
/// one room, and an answer that names the one would never reach the other.
package struct WireName: Hashable, Sendable, ExpressibleByStringLiteral {
    package let text: String

    package init(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        self.text = text
    }

    package init(stringLiteral text: String) { self.init(text) }

    package static func == (left: WireName, right: WireName) -> Bool {
        isSame(left.text, right.text)
    }

    /// Whether two names have the same bytes.
    package static func isSame(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        let answer = left.utf8.withContiguousStorageIfAvailable { left in
            right.utf8.withContiguousStorageIfAvailable { right in
                // `elementsEqual` takes twice as much for a name of a few bytes.
                !left.indices.contains { left[$0] != right[$0] }
            }
        }
        return (answer ?? nil) ?? left.utf8.elementsEqual(right.utf8)
    }

    /// Whether the name has these bytes.
    package func hasBytes(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard text.utf8.count == bytes.count else { return false }
        return text.utf8.withContiguousStorageIfAvailable { own in
            bytes.withUnsafeBufferPointer { bytes in
                !own.indices.contains { own[$0] != bytes[$0] }
            }
        } ?? text.utf8.elementsEqual(bytes)
    }

    /// The bytes alone: also faster than a String's own way, which has to normalise first.
    package func hash(into hasher: inout Hasher) {
        text.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
    }
}
