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
    private let notesPlaces: Bool
    private let depthLimit: Int
    private var index = 0
    private var depth = 0
    private var isTooDeep = false
    private var hasEscapes = false
    private var places: [Place] = []

    /// Checks a whole text, and returns where its values lie, each before what is in it. Of an
    /// object's members the name comes before the value.
    static func places(
        in text: ArraySlice<UInt8>, depthLimit: Int
    ) throws(SocketIOError) -> [Place] {
        try text.withUnsafeBufferPointer { bytes throws(SocketIOError) in
            var scanner = JSONScanner(bytes: bytes, notesPlaces: true, depthLimit: depthLimit)
            try scanner.scan { $0.value() }
            return scanner.places
        }
    }

    /// Checks a whole text that has to be an array, and returns where its elements lie.
    static func elements(
        in text: ArraySlice<UInt8>, depthLimit: Int
    ) throws(SocketIOError) -> ElementPlaces {
        try text.withUnsafeBufferPointer { bytes throws(SocketIOError) in
            var scanner = JSONScanner(bytes: bytes, notesPlaces: false, depthLimit: depthLimit)
            guard bytes.count <= ElementPlaces.longestText else {
                throw SocketIOError("a packet has at most 4 GiB")
            }
            var elements = ElementPlaces()
            try scanner.scan { scanner in
                guard scanner.next == "[" else { return false }
                return scanner.list("]") { scanner in
                    let start = scanner.index
                    guard scanner.anyValue() else { return false }
                    elements.append(from: start, to: scanner.index)
                    return true
                }
            }
            elements.haveEscapes = scanner.hasEscapes
            return elements
        }
    }

    @inline(__always)
    private mutating func scan(
        _ value: (inout JSONScanner) -> Bool
    ) throws(SocketIOError) {
        skipSpace()
        let isValid = value(&self)
        skipSpace()
        guard isValid, index == bytes.count else {
            throw SocketIOError(
                isTooDeep
                    ? "the payload is nested deeper than \(depthLimit) levels"
                    : "the payload is not valid JSON")
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
        guard notesPlaces else { return anyValue() }
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
        while true {
            index = bytes.indexOfSpecial(from: index)
            let special = next
            index &+= 1
            if special == .quote { return true }
            guard special == .backslash, escape() else { return false }
        }
    }

    private mutating func escape() -> Bool {
        hasEscapes = true
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
