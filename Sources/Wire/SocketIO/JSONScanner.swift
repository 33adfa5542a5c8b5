// In: bytes. Out: whether they are one JSON text, and where the elements of the outermost array, or
// all values, lie. Everything is checked here, in one pass, and nothing is built: what a handler
// does not ask for costs no string. (Foundation's decoder lets `[1,]`, `[01]` and raw tabs pass.)
// Spec: RFC 8259. Next: Arguments.swift, which builds what is asked for.

/// Walks over one JSON text. It is used within the closure that lends the bytes, and every read
/// is checked against their count.
struct JSONScanner {
    /// Where a value lies.
    struct Place {
        let start: Int
        fileprivate(set) var end = 0
        /// The number of the next place that is not within this value.
        fileprivate(set) var next = 0
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let depthLimit: Int
    private var index = 0
    private var depth = 0
    /// Of all values, each before what is in it, if they are wanted.
    private var places: [Place] = []
    private var wantsPlaces = false
    /// Why the scan failed.
    private(set) var error: SocketIOError = .invalidJSON

    private init(_ bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    /// Checks a whole text, whatever it is.
    static func check(
        _ text: ArraySlice<UInt8>, depthLimit: Int
    ) throws(SocketIOError) {
        let error: SocketIOError? = text.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes, depthLimit: depthLimit)
            return scanner.value() && scanner.isAtEnd ? nil : scanner.error
        }
        if let error { throw error }
    }

    /// Checks a whole text, and returns where its values lie in `text`. Of an object's members the
    /// name comes before the value.
    static func places(
        in text: ArraySlice<UInt8>, depthLimit: Int
    ) throws(SocketIOError) -> [Place] {
        try text.withUnsafeBufferPointer { bytes throws(SocketIOError) in
            var scanner = JSONScanner(bytes, depthLimit: depthLimit)
            scanner.wantsPlaces = true
            guard scanner.value(), scanner.isAtEnd else { throw scanner.error }
            return scanner.places
        }
    }

    /// Checks a text that has to be an array, and returns where its elements lie in `text`.
    static func elements(
        of text: ArraySlice<UInt8>, limits: SocketIOLimits
    ) throws(SocketIOError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        let start = text.startIndex
        let error: SocketIOError? = text.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes, depthLimit: limits.depth)
            let isValid = scanner.array { range in
                ranges.append((range.lowerBound + start)..<(range.upperBound + start))
            }
            return isValid && scanner.isAtEnd ? nil : scanner.error
        }
        if let error { throw error }
        // One more than the arguments: the event's name.
        guard ranges.count <= limits.arguments + 1 else {
            throw .tooManyArguments(limit: limits.arguments)
        }
        return ranges
    }

    // MARK: - The grammar

    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return index == bytes.count
        }
    }

    /// Spec: RFC 8259 §2
    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index &+= 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index &+= 1
        return true
    }

    /// Spec: RFC 8259 §3
    private mutating func value() -> Bool {
        skipSpace()
        guard wantsPlaces else { return anyValue() }
        let number = places.count
        places.append(Place(start: index))
        guard anyValue() else { return false }
        places[number].end = index
        places[number].next = places.count
        return true
    }

    private mutating func anyValue() -> Bool {
        switch next {
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array { _ in }
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        case UInt8(ascii: "n"): return word("null")
        default: return number()
        }
    }

    private mutating func word(_ word: StaticString) -> Bool {
        let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        for letter in letters where !take(letter) { return false }
        return true
    }

    private mutating func goDeeper() -> Bool {
        depth += 1
        if depth > depthLimit { error = .tooDeep(limit: depthLimit) }
        return depth <= depthLimit
    }

    /// Spec: RFC 8259 §5
    private mutating func array(_ found: (Range<Int>) -> Void) -> Bool {
        skipSpace()
        guard take(UInt8(ascii: "[")), goDeeper() else { return false }
        defer { depth -= 1 }
        skipSpace()
        if take(UInt8(ascii: "]")) { return true }
        repeat {
            skipSpace()
            let start = index
            guard value() else { return false }
            found(start..<index)
            skipSpace()
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "]"))
    }

    /// Spec: RFC 8259 §4
    private mutating func object() -> Bool {
        guard take(UInt8(ascii: "{")), goDeeper() else { return false }
        defer { depth -= 1 }
        skipSpace()
        if take(UInt8(ascii: "}")) { return true }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\""), value() else { return false }
            skipSpace()
            guard take(UInt8(ascii: ":")), value() else { return false }
            skipSpace()
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}"))
    }

    /// Spec: RFC 8259 §7
    private mutating func string() -> Bool {
        guard take(UInt8(ascii: "\"")) else { return false }
        // In a variable of its own it can stay in a register: most of a text is in strings.
        var here = index
        while here < bytes.count {
            let byte = bytes[here]
            here &+= 1
            if byte > UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
            index = here
            if byte == UInt8(ascii: "\"") { return true }
            if byte < 0x20 { return false }
            if byte == UInt8(ascii: "\\"), !escape() { return false }
            here = index
        }
        return false
    }

    private mutating func escape() -> Bool {
        let kind = next
        index &+= 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            for _ in 0..<4 {
                guard next.isHexDigit else { return false }
                index &+= 1
            }
            return true
        default:
            return false
        }
    }

    /// Spec: RFC 8259 §6
    private mutating func number() -> Bool {
        _ = take(UInt8(ascii: "-"))
        // No zero in front of other digits.
        guard take(UInt8(ascii: "0")) || digits() else { return false }
        if take(UInt8(ascii: ".")), !digits() { return false }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            return digits()
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = index
        while next &- 0x30 < 10 { index &+= 1 }
        return index > start
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        self &- 0x30 < 10 || (self | 0x20) &- 0x61 < 6
    }
}
