// How the network of one visitor is. Next: TappedVisitor.swift, Pipe.swift.

/// The switches over a visitor.
package nonisolated struct Weather: Codable, Equatable, Sendable {
    /// So long (milliseconds) everything takes, each way.
    package var delayToServer = 0
    package var delayToVisitor = 0
    /// Nothing passes, and no end of a connection either: it is half-open for both sides.
    package var isHeld = false
    /// So many bytes in a second the visitor reads; nil: all that come.
    package var readingRate: Int?
    /// Requests for a WebSocket are answered with 403, as by some proxies.
    package var blocksWebSockets = false

    package init() {}

    func delay(_ way: Way) -> Int { way == .toServer ? delayToServer : delayToVisitor }
}
