// In: a status, fields, a body. Out: the bytes of a response, framed so that nobody can mistake
// where it ends. Spec: RFC 9112 §4, §6; RFC 9110 §8.6. Next: HTTPDate.swift.

import Bytes

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
        append("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\nDate: ", to: &bytes)
        append(date, to: &bytes)
        for field in fields.lines {
            append("\r\n", to: &bytes)
            appendClean(field.name, to: &bytes)
            append(": ", to: &bytes)
            appendClean(field.value, to: &bytes)
        }
        if status.allowsBody { append("\r\nContent-Length: \(body.count)", to: &bytes) }
        // An upgrade has its own Connection field.
        if !status.isInterim {
            if !keepsAlive {
                append("\r\nConnection: close", to: &bytes)
            } else if minorVersion == 0 {
                append("\r\nConnection: keep-alive", to: &bytes)
            }
        }
        append("\r\n\r\n", to: &bytes)
        if status.allowsBody, !isHead { bytes.append(contentsOf: body) }
        return bytes
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
