// Some of a file instead of all of it: players of sound and film ask so, and downloads that go on.
// In: a response with the whole, and the request's head. Out: the part, the whole, or 416.
// Spec: RFC 9110 §14. Next: HTTPResponse.swift.

import EngineBytes

extension HTTPResponse {
    /// The part that a GET asks for by `Range: bytes=0-499`, `500-` or `-500`, if this response says
    /// `Accept-Ranges: bytes`. Several ranges, and what is no range, get the whole; so does a client
    /// whose `If-Range` names another state of the file. Of an empty file there is no part.
    /// Spec: RFC 9110 §14.2, §13.1.5
    package func part(for head: HTTPRequestHead) -> HTTPResponse {
        guard head.hasRange, status == .ok, !body.isEmpty, head.hasMethod("GET"),
            fields["Accept-Ranges"] == "bytes", isCurrent(head.fields["If-Range"]),
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
}

/// One range of bytes.
/// Spec: RFC 9110 §14.1.2
struct ByteRange {
    /// Empty: the file has no such bytes.
    let bytes: Range<Int>

    /// Nil: no single range. Spec: RFC 9110 §14.1.1
    init?(_ field: String, of length: Int) {
        let parts = field.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bytes" else { return nil }
        let value = trimmed(Array(parts[1].utf8)[...])
        guard let dash = value.firstIndex(of: .hyphen),
            let first = ByteRange.number(value[..<dash]),
            let last = ByteRange.number(value[(dash + 1)...])
        else { return nil }
        switch (first, last) {
        case (nil, nil): return nil
        case (nil, let count?): bytes = max(0, length - count)..<length
        case (let first?, nil): bytes = min(first, length)..<length
        case (let first?, let last?):
            guard first <= last else { return nil }
            bytes = min(first, length)..<min(last + 1, length)
        }
    }

    /// Digits, or `.some(nil)` where there are none; far over every length it stays where it is.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int?? {
        guard !digits.isEmpty else { return .some(nil) }
        var number = 0
        for byte in digits {
            guard let digit = byte.digitValue else { return nil }
            if number < 1 << 50 { number = number * 10 + Int(digit) }
        }
        return number
    }
}
