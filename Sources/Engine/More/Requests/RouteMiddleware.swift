// `app.use { request, next in … }`: around every route and file, for sign-in, request ids, an
// access log. In: a request, and what comes next. Out: a response. Next: Routing.swift,
// HTTP/Request.swift.

import HTTPWire

/// Stands around routes: answers by itself, or calls `next` and returns its response, changed or
/// not.
public typealias RouteMiddleware =
    @MainActor (
        _ request: Request, _ next: @MainActor (Request) async throws -> Response
    ) async throws -> Response

extension App {
    /// Asks `middleware` about each request for a route, a page or a file; the one that was set
    /// first is the outermost. What it throws becomes the answer, as of a route. It does not see
    /// requests of Socket.IO: `io.use` and `io.engine.use` do. `next` hands the request on: set
    /// values on it for the handlers, `request[User.self] = user`.
    public func use(_ middleware: @escaping RouteMiddleware) {
        more.routing.middlewares.append(middleware)
    }

    func ask(_ middlewares: [RouteMiddleware], about exchange: HTTPExchange) {
        let work = more.work
        work.began()
        Task {
            defer { work.ended() }
            do {
                exchange.respond(try await answer(exchange, exchange.request, middlewares[...]))
            } catch {
                exchange.respond { _ in throw error }
            }
        }
    }

    private func answer(
        _ exchange: HTTPExchange, _ request: Request, _ middlewares: ArraySlice<RouteMiddleware>
    ) async throws -> Response {
        if let first = middlewares.first {
            return try await first(request) { request in
                try await self.answer(exchange, request, middlewares.dropFirst())
            }
        }
        var request = request
        request.further.hasPassed = true
        exchange.request = request
        let outer = exchange.diversion
        let response = await withCheckedContinuation { continuation in
            exchange.diversion = { continuation.resume(returning: $0) }
            handle(exchange)
        }
        exchange.diversion = outer
        return response
    }
}
