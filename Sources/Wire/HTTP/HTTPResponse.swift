// In: a status, fields, a body. Out: the bytes of a response, framed so that its end can't be
// mistaken. Spec: RFC 9112 §4, §6; RFC 9110 §8.6. Next: HTTPDate.swift.

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
        bytes += "HTTP/1.1 ".utf8
        bytes += String(status.code).utf8
        bytes += " ".utf8
        bytes += status.reasonPhrase.utf8
        bytes += "\r\nDate: ".utf8
        bytes += date.utf8
        var closes = !keepsAlive
        for field in fields.lines {
            if isFraming(field.name) {
                closes = closes || field.value.utf8.equalsIgnoringCase("close")
                continue
            }
            bytes += "\r\n".utf8
            appendClean(field.name, to: &bytes)
            bytes += ": ".utf8
            appendClean(field.value, to: &bytes)
        }
        if status.allowsBody {
            bytes += "\r\nContent-Length: ".utf8
            bytes += String(body.count).utf8
        }
        // An upgrade has its own Connection field.
        if !status.isInterim {
            if closes {
                bytes += "\r\nConnection: close".utf8
            } else if minorVersion == 0 {
                bytes += "\r\nConnection: keep-alive".utf8
            }
        }
        bytes += "\r\n\r\n".utf8
        if status.allowsBody, !isHead { bytes += body }
        return bytes
    }

    /// Whether a field says what this encoder says: twice, it might say two different things. An
    /// upgrade needs its own Connection.
    /// Spec: RFC 9112 §6.3
    private func isFraming(_ name: String) -> Bool {
        let name = name.utf8
        return name.equalsIgnoringCase("date") || name.equalsIgnoringCase("content-length")
            || name.equalsIgnoringCase("transfer-encoding")
            || !status.isInterim && name.equalsIgnoringCase("connection")
    }

    /// Whatever a field holds, it stays on its line: a line break in it would begin a new field,
    /// or a new response.
    /// Spec: RFC 9110 §5.5
    private func appendClean(_ text: String, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        for index in start..<bytes.count where bytes[index] <= .cr {
            if [.cr, .lf, 0].contains(bytes[index]) { bytes[index] = .space }
        }
    }
}

/// What a stage does without: parts of a file, and 304. More has a method of the same name, which
/// takes the place of this one.
package protocol WholeResponse {}
extension HTTPResponse: WholeResponse {}

extension WholeResponse {
    /// What a request gets of this response: here, the whole.
    package func part(for head: HTTPRequestHead) -> Self { self }
}
