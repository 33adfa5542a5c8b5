// In: requests as text and the ways in which a network may cut them. Out: what the decoder made of
// them: always the same, however they were cut, or the test fails.
// Next: RequestLineTests.swift.

import HTTPWire
import Testing

/// What came out of a decoder: requests, and maybe the error after them.
struct RequestOutcome: Equatable, CustomStringConvertible {
    var requests: [String] = []
    var error: HTTPError?
    var last: HTTPRequestDecoder.Request?

    var description: String { "\(requests) \(error.map { "\($0)" } ?? "no error")" }

    static func == (left: RequestOutcome, right: RequestOutcome) -> Bool {
        left.requests == right.requests && left.error == right.error
    }
}

/// Feeds the pieces and pulls whatever is there after each of them.
func decodeRequests(_ pieces: [ArraySlice<UInt8>], limits: HTTPLimits = HTTPLimits())
    -> RequestOutcome
{
    var decoder = HTTPRequestDecoder(limits: limits)
    var outcome = RequestOutcome()
    do throws(HTTPError) {
        for piece in pieces {
            decoder.feed(piece)
            while let request = try decoder.nextRequest() {
                let body = String(decoding: request.body, as: UTF8.self)
                outcome.requests.append("\(request.head.method) \(request.head.target) \(body)")
                outcome.last = request
            }
        }
    } catch {
        outcome.error = error
    }
    return outcome
}

/// Decodes the text in every cut, and expects the same outcome from each.
func decodeRequests(
    _ text: String, limits: HTTPLimits = HTTPLimits(),
    from location: SourceLocation = #_sourceLocation
) -> RequestOutcome {
    let all = cuts(of: Array(text.utf8))
    let whole = decodeRequests(all[0], limits: limits)
    for pieces in all.dropFirst() {
        let outcome = decodeRequests(pieces, limits: limits)
        #expect(outcome == whole, "cut after \(pieces[0].count) bytes", sourceLocation: location)
    }
    return whole
}

/// The head of a request which has nothing wrong but these field lines.
func head(_ lines: String..., method: String = "GET", version: String = "1.1") -> String {
    let host = version == "1.0" ? "" : "Host: a\r\n"
    let fields = lines.map { "\($0)\r\n" }.joined()
    return "\(method) / HTTP/\(version)\r\n\(host)\(fields)\r\n"
}
