// What More keeps with a request: the values of its path, what middlewares know of it, what a proxy
// has said. Next: PathParameters.swift, RouteMiddleware.swift, ../Access/TrustedProxies.swift.

/// What More keeps with a request.
nonisolated struct FurtherRequest: Sendable {
    var parameters: [String: String] = [:]
    /// By their types.
    var values: [ObjectIdentifier: any Sendable] = [:]
    /// Whether a proxy has said that the client's connection is encrypted.
    var isSecure = false
    /// Whether a proxy has said who the client is.
    var isForwarded = false
    /// Whether the middlewares have been asked.
    var hasPassed = false
}

/// Holds it by a reference: a request is copied often, and mostly has nothing of it.
private nonisolated final class FurtherBox: Sendable {
    let value: FurtherRequest
    init(_ value: FurtherRequest) { self.value = value }
}

nonisolated extension Request {
    var further: FurtherRequest {
        get { extras.flatMap { $0 as? FurtherBox }?.value ?? FurtherRequest() }
        set { extras = FurtherBox(newValue) }
    }

    /// The value of a name in the route's path: of `/users/:id`, `request.parameters["id"]`.
    public var parameters: [String: String] { further.parameters }

    /// Whatever a middleware wants to tell the handler: `request[User.self] = user`.
    public subscript<Value: Sendable>(_ type: Value.Type) -> Value? {
        get { further.values[ObjectIdentifier(type)] as? Value }
        set { further.values[ObjectIdentifier(type)] = newValue }
    }

    /// Whether the client's connection is encrypted: a proxy that `trustedProxies` names says so.
    public var isSecure: Bool { further.isSecure }
}
