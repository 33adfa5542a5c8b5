// In: bytes. Out: whether they are one JSON text, and where the elements of the outermost array, or
// all values, lie. Everything is checked here, in one pass, and nothing is built: what a handler
// does not ask for costs no string. (Foundation's decoder lets `[1,]`, `[01]` and raw tabs pass.)
// Spec: RFC 8259. Next: JSONReader.swift; More/JSONValues.swift builds values on the way.

import EngineBytes

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
    private var error: SocketIOError = .invalidJSON
    /// While values are built: JSON knows no end of numbers, a Double does.
    var sawNumberTooLarge = false

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    /// What `scan` makes of a whole text; nil: it is wrong.
    @inline(__always)
    static func run<Result>(
        _ text: ArraySlice<UInt8>, depthLimit: Int, _ scan: (inout JSONScanner) -> Result?
    ) throws(SocketIOError) -> Result {
        try text.withUnsafeBufferPointer { bytes throws(SocketIOError) in
            var scanner = JSONScanner(bytes, depthLimit)
            guard let result = scan(&scanner) else { throw scanner.error }
            scanner.skipSpace()
            guard scanner.index == bytes.count else { throw .invalidJSON }
            return result
        }
    }

    /// Checks a whole text, whatever it is.
    static func check(_ text: ArraySlice<UInt8>, depthLimit: Int) throws(SocketIOError) {
        try run(text, depthLimit: depthLimit) { $0.value() ? () : nil }
    }

    /// Checks a whole text, and returns where its values lie in `text`. Of an object's members the
    /// name comes before the value.
    static func places(
        in text: ArraySlice<UInt8>, depthLimit: Int
    ) throws(SocketIOError) -> [Place] {
        try run(text, depthLimit: depthLimit) { scanner in
            scanner.wantsPlaces = true
            return scanner.value() ? scanner.places : nil
        }
    }

    /// Checks a text that has to be an array, and returns where its elements lie in `text`.
    static func elements(
        of text: ArraySlice<UInt8>, limits: SocketIOLimits
    ) throws(SocketIOError) -> [Range<Int>] {
        let ranges = try run(text, depthLimit: limits.depth) { scanner in
            var ranges: [Range<Int>] = []
            let isValid = scanner.list("[", "]") { scanner in
                let start = scanner.index
                guard scanner.value() else { return false }
                ranges.append((text.startIndex + start)..<(text.startIndex + scanner.index))
                return true
            }
            return isValid ? ranges : nil
        }
        // One more than the arguments: the event's name.
        guard ranges.count <= limits.arguments + 1 else {
            throw .tooManyArguments(limit: limits.arguments)
        }
        return ranges
    }

    // MARK: - The grammar

    /// The next byte; 0 behind the end.
    var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    /// Spec: RFC 8259 §2
    mutating func skipSpace() {
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

    /// Where what `scan` reads lies, from the beginning of the text; nil: it is wrong.
    mutating func range(of scan: (inout JSONScanner) -> Bool) -> Range<Int>? {
        let start = index
        return scan(&self) ? start..<index : nil
    }

    /// Spec: RFC 8259 §3
    @inline(__always)
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
        case "[": list("[", "]") { $0.value() }
        case "{": list("{", "}") { $0.next == "\"" && $0.value() && $0.colon() && $0.value() }
        default: scalar()
        }
    }

    /// What is between two brackets, with commas between.
    /// Spec: RFC 8259 §4, §5
    @inline(__always)
    mutating func list(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ item: (inout JSONScanner) -> Bool
    ) -> Bool {
        skipSpace()
        guard take(open) else { return false }
        depth += 1
        defer { depth -= 1 }
        guard depth <= depthLimit else {
            error = .tooDeep(limit: depthLimit)
            return false
        }
        skipSpace()
        if take(close) { return true }
        repeat {
            skipSpace()
            guard item(&self) else { return false }
            skipSpace()
        } while take(",")
        return take(close)
    }

    mutating func colon() -> Bool {
        skipSpace()
        return take(":")
    }

    /// A value with nothing in it.
    @inline(__always)
    mutating func scalar() -> Bool {
        switch next {
        case "\"": string()
        case "t": word("true")
        case "f": word("false")
        case "n": word("null")
        default: number()
        }
    }

    private mutating func word(_ word: StaticString) -> Bool {
        let end = min(index + word.utf8CodeUnitCount, bytes.count)
        guard bytes[index..<end].equals(word) else { return false }
        index = end
        return true
    }

    /// Spec: RFC 8259 §7
    @inline(__always)
    mutating func string() -> Bool {
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
