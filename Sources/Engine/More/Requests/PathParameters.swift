// Routes of other methods, of paths with names in them, and with a limit of their own for bodies:
// `app.put("/users/:id", bodyLimit: 10_000) { request in … }`. In: a method, a path, a handler.
// Out: a route. Next: MoreRoutes.swift; Sources/Wire/HTTP/More/PathPattern.swift.

import HTTPWire

extension App {
    /// Answers requests of any method, such as "PUT" or "PROPFIND". In a path `:name` is any part,
    /// which is in `request.parameters`, and a last part `*` whatever follows; of several paths
    /// that fit, the one with more text in it counts. A body may have `bodyLimit` bytes; nil: as
    /// `httpLimits.body` says.
    public func on(
        _ method: String, _ path: String, bodyLimit: Int? = nil,
        _ handler: @escaping @MainActor (Request) throws -> Response
    ) {
        prepare(method, path, bodyLimit)
        routes[path, default: [:]][method] = { $0.respond(by: handler) }
    }

    /// The same, with awaits.
    public func on(
        _ method: String, _ path: String, bodyLimit: Int? = nil,
        _ handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        prepare(method, path, bodyLimit)
        route(method, path, waitingFor: handler)
    }

    private func prepare(_ method: String, _ path: String, _ bodyLimit: Int?) {
        if let bodyLimit { httpLimits.setBody(bodyLimit, method: method, path: path) }
        hasRoute(path)
    }

    func hasRoute(_ path: String) {
        guard let pattern = PathPattern(path), !more.routing.patterns.contains(pattern) else {
            return
        }
        more.routing.patterns.append(pattern)
        more.routing.patterns.sort { $0.rank > $1.rank }
    }

    /// The route of a path with names in it.
    func patternRoute(
        _ head: HTTPRequestHead, _ patterns: [PathPattern]
    ) -> (RouteHandler, [String: String])? {
        for pattern in patterns {
            guard let values = pattern.values(in: head.rawPath),
                let answer = route(head.method, pattern.text)
            else { continue }
            return (answer, values)
        }
        return nil
    }
}
