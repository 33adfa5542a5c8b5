// Which path and method goes to which closure. In: a request. Out: what answers it. Next: App.swift,
// More/Requests/MoreRoutes.swift (POST, and handlers that wait).

import HTTPWire

/// Answers a request, now or later, by `exchange.respond`.
typealias RouteHandler = (HTTPExchange) -> Void

/// The routes of an app: by path, then by method.
struct Routes {
    private var table: [String: [String: RouteHandler]] = [:]

    mutating func add(_ method: String, _ path: String, _ handler: @escaping RouteHandler) {
        table[path, default: [:]][method] = handler
    }

    /// What answers a request; nil: no route has this path. A HEAD is answered as a GET, whose body
    /// is left out later; a method that the path does not have, with 405.
    func handler(_ method: String, _ path: String) -> RouteHandler? {
        guard let methods = table[path] else { return nil }
        if let handler = methods[method] { return handler }
        if method == "HEAD", let handler = methods["GET"] { return handler }
        return { $0.respond(.methodNotAllowed(Routes.allowed(methods.keys.sorted()))) }
    }

    /// What the Allow field says: where there is GET, there is HEAD as well.
    static func allowed(_ methods: [String]) -> [String] {
        methods.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }
    }
}

extension App {
    /// Answers `GET path` (and HEAD) with what `handler` returns. An error it throws becomes 500.
    /// As a path, `*` is any that has no route of its own, and no file.
    public func get(_ path: String, _ handler: @escaping (Request) throws -> Response) {
        routes.add("GET", path) { $0.respond(by: handler) }
    }
}
