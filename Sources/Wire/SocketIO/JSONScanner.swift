// In: bytes. Out: whether they are one JSON text, and where its values lie: all, or the outer ones.
// Everything is checked here, in one pass, and nothing is built: what a handler does not ask for
// costs no string. (Foundation's decoder lets `[1,]`, `[01]` and raw tabs pass.)
// Spec: RFC 8259. Next: JSONReader.swift, which builds values; Arguments.swift, ValueDecoder.swift.

import EngineBytes

/// Walks over one JSON text. It is used within the closure that lends the bytes, and every read
/// is checked against their count.
struct JSONScanner {
    /// Where a value lies, from the beginning of the text.
    struct Place {
        let start: Int
        fileprivate(set) var end = 0
        /// The number of the next place that is not within this value.
        fileprivate(set) var next = 0
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let levels: Int
    private let depthLimit: Int
    private var index = 0
    private var depth = 0
    private var isTooDeep = false
    private var places: [Place] = []

    /// Checks a whole text, and returns where its values lie: those of so many levels, each before
    /// what is in it. Of an object's members the name comes before the value.
    static func places(
        in text: ArraySlice<UInt8>, levels: Int = .max, depthLimit: Int
    ) throws(SocketIOError) -> [Place] {
        try text.withUnsafeBufferPointer { bytes throws(SocketIOError) in
            var scanner = JSONScanner(bytes: bytes, levels: levels, depthLimit: depthLimit)
            // An event mostly has a name and one argument.
            scanner.places.reserveCapacity(4)
            scanner.skipSpace()
            let isValid = scanner.value()
            scanner.skipSpace()
            guard isValid, scanner.index == bytes.count else {
                throw SocketIOError(
                    scanner.isTooDeep
                        ? "the payload is nested deeper than \(depthLimit) levels"
                        : "the payload is not valid JSON")
            }
            return scanner.places
        }
    }

    // MARK: - The grammar

    /// The next byte; 0 behind the end.
    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    /// Spec: RFC 8259 §2
    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case .space, .tab, .lf, .cr: index &+= 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index &+= 1
        return true
    }

    /// Spec: RFC 8259 §3
    @inline(__always)
    private mutating func value() -> Bool {
        guard depth < levels else { return anyValue() }
        let number = places.count
        places.append(Place(start: index))
        guard anyValue() else { return false }
        places[number].end = index
        places[number].next = places.count
        return true
    }

    private mutating func anyValue() -> Bool {
        switch next {
        case "[": list("]") { $0.value() }
        case "{": list("}") { $0.next == "\"" && $0.value() && $0.colon() && $0.value() }
        case "\"": string()
        case "t": word("true")
        case "f": word("false")
        case "n": word("null")
        default: number()
        }
    }

    /// What is between two brackets, with commas between.
    /// Spec: RFC 8259 §4, §5
    @inline(__always)
    private mutating func list(
        _ close: Unicode.Scalar, _ item: (inout JSONScanner) -> Bool
    ) -> Bool {
        index &+= 1
        depth += 1
        defer { depth -= 1 }
        guard depth <= depthLimit else {
            isTooDeep = true
            return false
        }
        skipSpace()
        if take(close) { return true }
        while item(&self) {
            skipSpace()
            guard take(",") else { return take(close) }
            skipSpace()
        }
        return false
    }

    private mutating func colon() -> Bool {
        skipSpace()
        defer { skipSpace() }
        return take(":")
    }

    private mutating func word(_ word: StaticString) -> Bool {
        let end = min(index + word.utf8CodeUnitCount, bytes.count)
        guard bytes[index..<end].equals(word) else { return false }
        index = end
        return true
    }

    /// Spec: RFC 8259 §7
    @inline(__always)
    private mutating func string() -> Bool {
        guard take("\"") else { return false }
        // In a variable of its own it can stay in a register: most of a text is in strings.
        var here = index
        while here < bytes.count {
            let byte = bytes[here]
            here &+= 1
            if byte > .quote, byte != .backslash { continue }
            index = here
            if byte == .quote { return true }
            if byte < .space { return false }
            if byte == .backslash, !escape() { return false }
            here = index
        }
        return false
    }

    private mutating func escape() -> Bool {
        let kind = next
        index &+= 1
        switch kind {
        case "\"", "\\", "/", "b", "f", "n", "r", "t":
            return true
        case "u":
            for _ in 0..<4 {
                guard next.hexValue != nil else { return false }
                index &+= 1
            }
            return true
        default:
            return false
        }
    }

    /// Spec: RFC 8259 §6
    private mutating func number() -> Bool {
        _ = take("-")
        // No zero in front of other digits.
        guard take("0") || digits() else { return false }
        if take("."), !digits() { return false }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            return digits()
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = index
        while next.isDigit { index &+= 1 }
        return index > start
    }
}

extension ArraySlice<UInt8> {
    /// The text of a value in this text.
    subscript(place: JSONScanner.Place) -> ArraySlice<UInt8> {
        self[(startIndex + place.start)..<(startIndex + place.end)]
    }
}
