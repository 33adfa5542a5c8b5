// In: a value, and a version of the protocol. Out: its bytes, as a server sends them. What version
// 2 does not have becomes what Redis sends in its place: a map an array, a truth value a number.
// Spec: RESP specification. Next: RESPCommand.swift, which is what clients send.

/// Writes values.
package enum RESPEncoder {
    /// The versions of the protocol.
    package enum Version: Sendable { case resp2, resp3 }

    /// The bytes of a value. A line break in a short text becomes a space: it would end the line.
    package static func encode(_ value: RESPValue, _ version: Version = .resp3) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, version, to: &bytes)
        return bytes
    }

    private static func append(_ value: RESPValue, _ version: Version, to bytes: inout [UInt8]) {
        let isNew = version == .resp3
        switch value {
        case .null: appendLine(isNew ? "_" : "$-1", to: &bytes)
        case .simple(let text): appendLine("+" + oneLine(text), to: &bytes)
        case .error(let error): appendLine("-" + oneLine(error.message), to: &bytes)
        case .integer(let number): appendLine(":\(number)", to: &bytes)
        case .bulk(let string): append("$", string, to: &bytes)
        case .array(let values): append("*", values, version, to: &bytes)
        case .set(let values): append(isNew ? "~" : "*", values, version, to: &bytes)
        case .push(let values): append(isNew ? ">" : "*", values, version, to: &bytes)
        case .boolean(let truth):
            appendLine(isNew ? (truth ? "#t" : "#f") : (truth ? ":1" : ":0"), to: &bytes)
        case .double(let number):
            let text = spelled(number)
            isNew ? appendLine("," + text, to: &bytes) : append("$", Array(text.utf8), to: &bytes)
        case .bigNumber(let digits):
            let text = oneLine(digits)
            isNew ? appendLine("(" + text, to: &bytes) : append("$", Array(text.utf8), to: &bytes)
        case .verbatim(let format, let text):
            isNew
                ? append("=", Array("\(format):".utf8) + text, to: &bytes)
                : append("$", text, to: &bytes)
        case .map(let pairs):
            appendLine(isNew ? "%\(pairs.count)" : "*\(pairs.count * 2)", to: &bytes)
            for pair in pairs {
                append(pair.key, version, to: &bytes)
                append(pair.value, version, to: &bytes)
            }
        }
    }

    private static func append(
        _ type: String, _ values: [RESPValue], _ version: Version, to bytes: inout [UInt8]
    ) {
        appendLine("\(type)\(values.count)", to: &bytes)
        for value in values { append(value, version, to: &bytes) }
    }

    private static func append(_ type: String, _ string: [UInt8], to bytes: inout [UInt8]) {
        appendLine("\(type)\(string.count)", to: &bytes)
        bytes.append(contentsOf: string)
        appendLine("", to: &bytes)
    }

    private static func appendLine(_ line: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: line.utf8)
        bytes.append(contentsOf: "\r\n".utf8)
    }

    private static func oneLine(_ text: String) -> String {
        String(decoding: text.utf8.map { $0 == 0x0D || $0 == 0x0A ? 0x20 : $0 }, as: UTF8.self)
    }

    private static func spelled(_ number: Double) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
