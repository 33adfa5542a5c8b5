// Which path and method goes to which closure. In: a request. Out: a response, now or later; 404
// and 405 where no route fits. Next: App.swift.

import HTTPWire

/// What a route does: at once, or after an await.
enum RouteHandler {
    case sync((Request) throws -> Response)
    case async(@MainActor (Request) async throws -> Response)
    case webSocket((WebSocketConnection) -> Void)
}

/// The routes of an app: by path, then by method.
struct Routes {
    private var table: [String: [String: RouteHandler]] = [:]

    enum Match {
        case found(RouteHandler)
        case notFound
        /// The path is known, with other methods.
        case wrongMethod(allowed: [String])
    }

    mutating func add(_ method: String, _ path: String, _ handler: RouteHandler) {
        table[path, default: [:]][method] = handler
    }

    /// A HEAD is answered as a GET, whose body is left out later.
    func match(_ method: String, _ path: String) -> Match {
        guard let methods = table[path] else { return .notFound }
        if let handler = methods[method] { return .found(handler) }
        if method == "HEAD", let handler = methods["GET"] { return .found(handler) }
        return .wrongMethod(allowed: Routes.allowed(methods.keys.sorted()))
    }

    /// What the Allow field says: whoever has GET has HEAD as well.
    static func allowed(_ methods: [String]) -> [String] {
        methods.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }
    }
}

extension HTTPResponse {
    /// The path is known, the method is not.
    /// Spec: RFC 9110 §15.5.6
    static func methodNotAllowed(_ allowed: [String]) -> HTTPResponse {
        var response = HTTPResponse.status(.methodNotAllowed)
        response.fields.add("Allow", allowed.joined(separator: ", "))
        return response
    }
}
