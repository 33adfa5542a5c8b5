// Routes that no stage has: POST, and handlers that wait for something before they answer.
// Next: HTTP/App.swift.

import HTTPWire

extension App {
    /// Answers `GET path` (and HEAD) with what `handler` returns, after its awaits.
    public func get(
        _ path: String, _ handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        route("GET", path, waitingFor: handler)
    }

    /// Answers `POST path` with what `handler` returns. An error it throws becomes 500.
    public func post(_ path: String, _ handler: @escaping (Request) throws -> Response) {
        routes.add("POST", path) { $0.respond(by: handler) }
    }

    /// Answers `POST path` with what `handler` returns, after its awaits.
    public func post(
        _ path: String, _ handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        route("POST", path, waitingFor: handler)
    }

    private func route(
        _ method: String, _ path: String,
        waitingFor handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        routes.add(method, path) { exchange in
            Task {
                do {
                    exchange.respond(try await handler(exchange.request))
                } catch {
                    exchange.respond { _ in throw error }
                }
            }
        }
    }
}
