// Where a server asks which other sites' pages are welcome. In: a request's head. Out: yes or no,
// and fields in the answer. Next: CORS.swift, Origin.swift; EngineIO/EngineIOServer.swift.

import HTTPWire

/// Which other sites' pages may connect, and what their browsers are told. ``CORS`` is one.
public nonisolated protocol CrossOriginPolicy: Sendable {
    /// Whether pages of this origin, such as `https://chat.example.org`, may connect.
    @MainActor func isAllowed(_ origin: String) -> Bool
    /// Adds the fields that a browser wants to read to any answer, errors included.
    @MainActor func apply(to response: inout HTTPResponse, for head: HTTPRequestHead)
    /// The answer to the browser's question before the request itself, complete; nil: the request
    /// goes on as any other does.
    @MainActor func preflight(for head: HTTPRequestHead) -> HTTPResponse?
}

extension EngineIOServer {
    func mayConnect(_ head: HTTPRequestHead) -> Bool {
        if Origin.isAllowed(head, options.cors) { return true }
        Origin.logRefusal(of: head, option: "SocketServerOptions.cors")
        return false
    }

    func decorate(_ response: inout HTTPResponse, for head: HTTPRequestHead) {
        options.cors?.apply(to: &response, for: head)
        compress(&response, for: head)
    }
}

extension Origin {
    /// Whether a request may be answered, where these sites are welcome beside the own one.
    static func isAllowed(_ head: HTTPRequestHead, _ cors: (any CrossOriginPolicy)?) -> Bool {
        if isOwn(head) { return true }
        guard let cors, let origin = head.fields["Origin"] else { return false }
        return cors.isAllowed(origin)
    }
}
