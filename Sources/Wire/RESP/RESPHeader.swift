// In: one line, without its end. Out: what it is: a whole value, or what follows it and how much.
// Spec: RESP specification, "RESP protocol description"; the streamed types: RESP3.md of
// github.com/antirez/RESP3. Next: RESPEncoder.swift, the way back.

import EngineBytes

/// What a line says.
enum RESPHeader {
    enum Bytes { case bulk, error, verbatim, chunk }
    enum Aggregate { case array, map, set, push, attribute, chunks }

    case scalar(RESPValue)
    /// So many bytes follow.
    case bytes(Bytes, Int)
    /// So many elements follow; nil: as many as come before a mark.
    case aggregate(Aggregate, Int?)
    /// The mark behind the last element of what has no number.
    case end

    var isChunk: Bool { if case .bytes(.chunk, _) = self { true } else { false } }

    init(_ line: ArraySlice<UInt8>) throws(RESPProtocolError) {
        guard let type = line.first else { throw RESPProtocolError("a line is empty") }
        let rest = line.dropFirst()
        switch type {
        case "$": self = try Self.bulk(rest)
        case "*": self = try Self.aggregate(.array, rest)
        case ">": self = .aggregate(.push, try Self.count(rest))
        case "%": self = try Self.aggregate(.map, rest)
        case "~": self = try Self.aggregate(.set, rest)
        case "|": self = .aggregate(.attribute, try Self.count(rest))
        case "!": self = .bytes(.error, try Self.count(rest))
        case "=": self = .bytes(.verbatim, try Self.count(rest))
        case ";": self = .bytes(.chunk, try Self.count(rest))
        case ".":
            guard rest.isEmpty else { throw Self.unknown(line) }
            self = .end
        default: self = .scalar(try Self.scalar(type, rest))
        }
    }

    private static func scalar(
        _ type: UInt8, _ rest: ArraySlice<UInt8>
    ) throws(RESPProtocolError) -> RESPValue {
        switch type {
        case "+": return .simple(text(rest))
        case "-": return .error(RESPError(text(rest)))
        case ":":
            guard isWhole(rest), let number = Int(text(rest)) else {
                throw RESPProtocolError("\"\(shown(rest))\" is no integer of 64 bits")
            }
            return .integer(number)
        case "_":
            guard rest.isEmpty else { break }
            return .null
        case "#":
            if rest.equals("t") { return .boolean(true) }
            if rest.equals("f") { return .boolean(false) }
        case ",":
            guard let number = double(rest) else {
                throw RESPProtocolError("\"\(shown(rest))\" is no number")
            }
            return .double(number)
        case "(":
            guard isWhole(rest) else {
                throw RESPProtocolError("\"\(shown(rest))\" is no big number")
            }
            return .bigNumber(text(rest))
        default: break
        }
        throw unknown([type] + rest)
    }

    // MARK: - Numbers

    private static func bulk(_ rest: ArraySlice<UInt8>) throws(RESPProtocolError) -> RESPHeader {
        if rest.equals("-1") { return .scalar(.null) }
        if rest.equals("?") { return .aggregate(.chunks, nil) }
        return .bytes(.bulk, try count(rest))
    }

    private static func aggregate(
        _ kind: Aggregate, _ rest: ArraySlice<UInt8>
    ) throws(RESPProtocolError) -> RESPHeader {
        if kind == .array, rest.equals("-1") { return .scalar(.null) }
        if rest.equals("?") { return .aggregate(kind, nil) }
        return .aggregate(kind, try count(rest))
    }

    private static func count(_ digits: ArraySlice<UInt8>) throws(RESPProtocolError) -> Int {
        guard let number = digits.decimalNumber else {
            throw RESPProtocolError("\"\(shown(digits))\" is no length")
        }
        return number
    }

    private static func isWhole(_ text: ArraySlice<UInt8>) -> Bool {
        let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
        return !digits.isEmpty && digits.allSatisfy(\.isDigit)
    }

    private static func double(_ bytes: ArraySlice<UInt8>) -> Double? {
        switch text(bytes) {
        case "inf": return .infinity
        case "-inf": return -.infinity
        case "nan", "-nan": return .nan
        // Swift would take hexadecimal numbers and "infinity" as well.
        case let text where bytes.allSatisfy({ $0.isDigit || "+-.eE".utf8.contains($0) }):
            return Double(text)
        default: return nil
        }
    }

    // MARK: - Texts

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String { text(bytes.prefix(40)) }

    private static func unknown(_ line: some Collection<UInt8>) -> RESPProtocolError {
        RESPProtocolError(
            "\"\(shown(Array(line)[...]))\" begins no value of Redis's protocol: is it Redis that "
                + "listens on this port?")
    }
}
