// In: a status, fields, a body. Out: the bytes of a response, framed so that nobody can mistake
// where it ends. Spec: RFC 9112 §4, §6; RFC 9110 §8.6. Next: HTTPDate.swift.

import EngineBytes

/// The answer to a request.
public struct HTTPResponse: Sendable {
    public var status: HTTPStatus
    public var fields: HTTPFields
    public var body: [UInt8]

    public init(status: HTTPStatus, fields: HTTPFields = HTTPFields(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The response's bytes. `date` is the current date, as `HTTPDate` writes it.
    package func encode(
        isHead: Bool, keepsAlive: Bool, minorVersion: Int, date: String
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256 + (isHead ? 0 : body.count))
        append("HTTP/1.1 ", to: &bytes)
        append(String(status.code), to: &bytes)
        append(" ", to: &bytes)
        append(status.reasonPhrase, to: &bytes)
        append("\r\nDate: ", to: &bytes)
        append(date, to: &bytes)
        var closes = !keepsAlive
        for field in fields.lines {
            if isFraming(field.name) {
                closes = closes || isNamed(field.value, "close")
                continue
            }
            append("\r\n", to: &bytes)
            appendClean(field.name, to: &bytes)
            append(": ", to: &bytes)
            appendClean(field.value, to: &bytes)
        }
        if status.allowsBody {
            append("\r\nContent-Length: ", to: &bytes)
            append(String(body.count), to: &bytes)
        }
        // An upgrade has its own Connection field.
        if !status.isInterim {
            if closes {
                append("\r\nConnection: close", to: &bytes)
            } else if minorVersion == 0 {
                append("\r\nConnection: keep-alive", to: &bytes)
            }
        }
        append("\r\n\r\n", to: &bytes)
        if status.allowsBody, !isHead { bytes.append(contentsOf: body) }
        return bytes
    }

    /// Whether a field says what this encoder says: twice, it might say two different things. An
    /// upgrade needs its own Connection.
    /// Spec: RFC 9112 §6.3
    private func isFraming(_ name: String) -> Bool {
        switch name.utf8.count {
        case 4: isNamed(name, "date")
        case 10: !status.isInterim && isNamed(name, "connection")
        case 14: isNamed(name, "content-length")
        case 17: isNamed(name, "transfer-encoding")
        default: false
        }
    }

    private func isNamed(_ name: String, _ lowercased: String) -> Bool {
        name.utf8.elementsEqual(lowercased.utf8) { $0.lowercased == $1 }
    }

    private func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Whatever a field holds, it stays on its line: a line break in it would begin a new field,
    /// or a new response, of somebody else's choice.
    /// Spec: RFC 9110 §5.5
    private func appendClean(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            bytes.append(byte == .cr || byte == .lf || byte == 0 ? .space : byte)
        }
    }
}
