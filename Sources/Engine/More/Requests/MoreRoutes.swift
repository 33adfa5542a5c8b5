// Routes that no stage has: other methods than GET, and handlers that wait for something before
// they answer. Next: PathParameters.swift, which has the general one; HTTP/App.swift.

import HTTPWire

extension App {
    /// Answers `GET path` (and HEAD) with what `handler` returns, after its awaits.
    public func get(
        _ path: String, _ handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        on("GET", path, handler)
    }

    /// Answers `POST path` with what `handler` returns. An error it throws becomes 500. A body may
    /// have `bodyLimit` bytes; nil: as `httpLimits.body` says.
    public func post(
        _ path: String, bodyLimit: Int? = nil,
        _ handler: @escaping @MainActor (Request) throws -> Response
    ) {
        on("POST", path, bodyLimit: bodyLimit, handler)
    }

    /// Answers `POST path` with what `handler` returns, after its awaits.
    public func post(
        _ path: String, bodyLimit: Int? = nil,
        _ handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        on("POST", path, bodyLimit: bodyLimit, handler)
    }

    /// As `post`, for PUT.
    public func put(
        _ path: String, bodyLimit: Int? = nil,
        _ handler: @escaping @MainActor (Request) throws -> Response
    ) {
        on("PUT", path, bodyLimit: bodyLimit, handler)
    }

    /// As `post`, for PUT.
    public func put(
        _ path: String, bodyLimit: Int? = nil,
        _ handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        on("PUT", path, bodyLimit: bodyLimit, handler)
    }

    /// As `post`, for PATCH.
    public func patch(
        _ path: String, bodyLimit: Int? = nil,
        _ handler: @escaping @MainActor (Request) throws -> Response
    ) {
        on("PATCH", path, bodyLimit: bodyLimit, handler)
    }

    /// As `post`, for PATCH.
    public func patch(
        _ path: String, bodyLimit: Int? = nil,
        _ handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        on("PATCH", path, bodyLimit: bodyLimit, handler)
    }

    /// As `post`, for DELETE.
    public func delete(
        _ path: String, _ handler: @escaping @MainActor (Request) throws -> Response
    ) {
        on("DELETE", path, handler)
    }

    /// As `post`, for DELETE.
    public func delete(
        _ path: String, _ handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        on("DELETE", path, handler)
    }

    func route(
        _ method: String, _ path: String,
        waitingFor handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        let work = more.work
        routes[path, default: [:]][method] = { exchange in
            work.began()
            Task {
                defer { work.ended() }
                do {
                    exchange.respond(try await handler(exchange.request))
                } catch {
                    exchange.respond { _ in throw error }
                }
            }
        }
    }
}
