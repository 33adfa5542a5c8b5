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
        bytes.append(literal: "HTTP/1.1 ")
        bytes.append(decimal: status.code.magnitude)
        bytes.append(" ")
        bytes.append(contentsOf: status.reasonPhrase.utf8)
        bytes.append(literal: "\r\nDate: ")
        bytes.append(contentsOf: date.utf8)
        bytes.append(literal: "\r\n")
        var closes = !keepsAlive
        fields.visitLines { line, name, value in
            guard isFraming(fields.bytes[name]) else { return bytes += fields.bytes[line] }
            closes = closes || fields.bytes[value].trimmed.equalsIgnoringCase("close")
        }
        if status.allowsBody {
            bytes.append(literal: "Content-Length: ")
            bytes.append(decimal: body.count.magnitude)
            bytes.append(literal: "\r\n")
        }
        // An upgrade has its own Connection field.
        if !status.isInterim {
            if closes {
                bytes.append(literal: "Connection: close\r\n")
            } else if minorVersion == 0 {
                bytes.append(literal: "Connection: keep-alive\r\n")
            }
        }
        bytes.append(literal: "\r\n")
        if status.allowsBody, !isHead { bytes += body }
        return bytes
    }

    /// Whether a field says what this encoder says: twice, it might say two different things. An
    /// upgrade needs its own Connection.
    /// Spec: RFC 9112 §6.3
    private func isFraming(_ name: ArraySlice<UInt8>) -> Bool {
        name.equalsIgnoringCase("date") || name.equalsIgnoringCase("content-length")
            || name.equalsIgnoringCase("transfer-encoding")
            || !status.isInterim && name.equalsIgnoringCase("connection")
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
