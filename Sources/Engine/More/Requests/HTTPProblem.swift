// What is wrong with a request, as a route's handler says it: thrown, it becomes the answer. In: a
// status and a sentence. Out: a response. Next: HTTP/Request.swift, JSONRequests.swift.

import HTTPWire

/// Thrown by a handler of a route: the client gets this status, and the sentence.
///
/// `throw HTTPProblem(.unauthorized, "sign in first")`
public nonisolated struct HTTPProblem: Error, CustomStringConvertible {
    /// The status of the answer.
    public let status: Status
    /// What was wrong, what was expected, what to do.
    public let message: String
    /// Further fields of the answer.
    public var fields = HTTPFields()

    /// A status and a sentence for the client.
    public init(_ status: Status, _ message: String) {
        self.status = status
        self.message = message
    }

    /// The status and the sentence.
    public var description: String { "\(status.code) \(status.reasonPhrase): \(message)" }

    /// The answer, as text.
    public var response: Response {
        var response = Response(status: status, body: Array("\(description)\n".utf8))
        response.fields.add("Content-Type", "text/plain; charset=utf-8")
        response.fields.add("X-Content-Type-Options", "nosniff")
        for line in fields.lines { response.fields.add(line.name, line.value) }
        return response
    }
}

extension HTTPExchange {
    func response(for error: any Error) -> HTTPResponse? {
        if let problem = error as? HTTPProblem { return problem.response }
        let route = "\(request.head.method) \(request.head.path)"
        Log.write("a route failed: \(error)", .error, ["route": route])
        return .status(.internalServerError)
    }
}
