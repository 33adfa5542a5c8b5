// The tap: a relay for each visitor, in front of a server in any language, and decoding beside it.
// A visitor is known by the port it comes to. Bytes are sent on first, and decoded at the end of
// the turn: what is found there, or not, changes nothing of what passes.
// In: a server's port. Out: ports for visitors, observations. Next: TappedVisitor.swift.

import EngineSockets

/// Relays what passes between visitors and a server, and tells of it.
package final class TrafficTap {
    /// Where the pages of the visitors are framed: `http://localhost:4000`.
    let framingOrigin: String
    private let observed: (Observation) -> Void
    private var visitors: [TappedVisitor] = []
    private var decoder = TrafficDecoder()
    private var lastConnection = 0

    package init(framingOrigin: String, observed: @escaping (Observation) -> Void) {
        self.framingOrigin = framingOrigin
        self.observed = observed
    }

    /// Listens for one more visitor, on 127.0.0.1. Port 0 takes any that is free.
    package func addVisitor(
        _ name: String, targetPort: Int, port: Int = 0
    ) throws -> TappedVisitor {
        let visitor = try TappedVisitor(name, tap: self, targetPort: targetPort, port: port)
        visitors.append(visitor)
        return visitor
    }

    /// Stops listening for a visitor, and breaks its connections off.
    package func remove(_ visitor: TappedVisitor) {
        visitor.close()
        visitors.removeAll { $0 === visitor }
    }

    /// Stops listening and breaks all connections off.
    package func close() {
        for visitor in visitors { visitor.close() }
        visitors = []
    }

    // MARK: - What its connections need

    func nextConnection() -> Int {
        lastConnection += 1
        return lastConnection
    }

    /// Decodes when this turn has sent on what it has to.
    func observe(_ event: TrafficDecoder.Event, _ connection: RelayedConnection) {
        let time = monotonicMilliseconds()
        let (name, number) = (connection.visitorName, connection.number)
        EventLoop.shared.runLater { [self] in
            let seen = decoder.observe(event, visitor: name, connection: number, at: time)
            for observation in seen { observed(observation) }
        }
    }

    func expectsResponse(_ connection: Int) -> Bool { decoder.expectsResponse(connection) }
    func isWebSocket(_ connection: Int) -> Bool { decoder.isWebSocket(connection) }
}
