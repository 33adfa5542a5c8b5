// Some of a file instead of all of it: players of sound and film ask so, and downloads that go on.
// Or nothing, where the client has it already. In: a response with the whole, and the request's
// head. Out: the part, the whole, 304 or 416. Spec: RFC 9110 §13, §14.
// Next: ../HTTPResponse.swift.

import EngineBytes

extension HTTPResponse {
    /// What a request gets of a file, which says `Accept-Ranges: bytes`: 304 if it names the file's
    /// tag as one that the client has; else the part that a GET asks for by `Range: bytes=0-499`,
    /// `500-` or `-500`. Several ranges, and what is no range, get the whole; so does an `If-Range`
    /// that names another state of the file. Of an empty file there is no part.
    /// Spec: RFC 9110 §13.1.2, §13.1.5, §14.2
    package func part(for head: HTTPRequestHead) -> HTTPResponse {
        guard status == .ok, fields["Accept-Ranges"] == "bytes" else { return self }
        if let tag = fields["ETag"], let known = head.fields["If-None-Match"], names(known, tag),
            head.hasMethod("GET") || head.hasMethod("HEAD")
        {
            return HTTPResponse(status: .notModified, fields: fields)
        }
        guard !body.isEmpty, head.hasMethod("GET"), isCurrent(head.fields["If-Range"]),
            let range = head.fields["Range"].flatMap({ ByteRange($0, of: body.count) })
        else { return self }
        var part = HTTPResponse(status: .partialContent, fields: fields)
        guard !range.bytes.isEmpty else {
            part.status = .rangeNotSatisfiable
            part.fields.set("Content-Range", "bytes */\(body.count)")
            return part
        }
        let last = range.bytes.upperBound - 1
        part.fields.set("Content-Range", "bytes \(range.bytes.lowerBound)-\(last)/\(body.count)")
        part.body = Array(body[range.bytes])
        return part
    }

    /// Whether the client's part is of this state of the file. Weak tags and dates prove nothing.
    private func isCurrent(_ condition: String?) -> Bool {
        guard let condition else { return true }
        return condition.hasPrefix("\"") && condition == fields["ETag"]
    }

    /// Whether a list of tags has this one in it; those that are weak count too.
    private func names(_ field: String, _ tag: String) -> Bool {
        Array(field.utf8).split(separator: .comma).map(\.trimmed).contains { known in
            known.equals("*") || known.elementsEqual(tag.utf8)
                || known.elementsEqual("W/\(tag)".utf8)
        }
    }
}

/// One range of bytes.
/// Spec: RFC 9110 §14.1.2
struct ByteRange {
    /// Empty: the file has no such bytes.
    let bytes: Range<Int>

    /// Nil: no single range. Spec: RFC 9110 §14.1.1
    init?(_ field: String, of length: Int) {
        let parts = field.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1)
        guard parts.count == 2, parts[0].equalsIgnoringCase("bytes") else { return nil }
        let value = Array(parts[1])[...].trimmed
        guard let dash = value.firstIndex(of: .hyphen) else { return nil }
        let (first, last) = (value[..<dash], value[(dash + 1)...])
        switch (first.decimalNumber, last.decimalNumber) {
        case (nil, let count?) where first.isEmpty: bytes = max(0, length - count)..<length
        case (let first?, nil) where last.isEmpty: bytes = min(first, length)..<length
        case (let first?, let last?) where first <= last:
            bytes = min(first, length)..<min(last + 1, length)
        default: return nil
        }
    }
}
