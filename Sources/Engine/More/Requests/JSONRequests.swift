// A request's body as a value, and its cookies: `try request.json(as: User.self)`. In: a request.
// Out: a value, or an error that tells the client what was wrong with it. Spec: RFC 6265 §5.4.
// Next: HTTPProblem.swift, JSONResponse.swift, Cookies.swift.

import EngineBytes
import Foundation
import HTTPWire

nonisolated extension Request {
    /// The body, read as JSON. Throws an `HTTPProblem`: 415 when the client says that it is
    /// something else, 400 when it is no JSON or does not fit, with the place and the reason.
    /// Dates are as JavaScript writes them, or numbers: `decoder` decides.
    public func json<Value: Decodable>(
        as type: Value.Type = Value.self, decoder: JSONDecoder = JSONDecoder()
    ) throws -> Value {
        let field = head.fields["Content-Type"]
        let media = field?.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        guard let media, media == "application/json" || media.hasSuffix("+json") else {
            throw HTTPProblem(
                .unsupportedMediaType,
                "the body has to be JSON, and Content-Type application/json, not "
                    + "\(field.map { "\"\($0)\"" } ?? "none")")
        }
        do {
            return try decoder.decode(type, from: Data(body))
        } catch let error as DecodingError {
            throw HTTPProblem(.badRequest, "the body \(Self.sentence(error))")
        }
    }

    private static func sentence(_ error: DecodingError) -> String {
        let (context, what): (DecodingError.Context, String) =
            switch error {
            case .keyNotFound(let key, let context): (context, "lacks \"\(key.stringValue)\"")
            case .valueNotFound(let type, let context): (context, "has null for \(type)")
            case .typeMismatch(let type, let context): (context, "has something else than \(type)")
            case .dataCorrupted(let context): (context, "is not valid: \(context.debugDescription)")
            @unknown default: (.init(codingPath: [], debugDescription: ""), "does not fit")
            }
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        return path.isEmpty ? what : "\(what) at \(path.joined(separator: "."))"
    }

    /// The cookies that the client has sent, by their names; of two with one name the first.
    public var cookies: [String: String] {
        var cookies: [String: String] = [:]
        for field in head.fields.all(named: "Cookie") {
            for pair in field.split(separator: ";") {
                let parts = pair.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { continue }
                let name = parts[0].trimmingCharacters(in: .whitespaces)
                var value = parts[1].trimmingCharacters(in: .whitespaces)
                if value.count > 1, value.hasPrefix("\""), value.hasSuffix("\"") {
                    value = String(value.dropFirst().dropLast())
                }
                if !name.isEmpty, cookies[name] == nil { cookies[name] = value }
            }
        }
        return cookies
    }
}
