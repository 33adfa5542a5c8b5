// One visitor: a port of its own, its connections, its weather. In: connections.
// Out: relayed connections. Next: RelayedConnection.swift.

import EngineSockets

/// A visitor whose connections are relayed.
package final class TappedVisitor {
    package let name: String
    /// Where the server is; for the connections that come from now on.
    package var targetPort: Int
    package var weather = Weather() {
        didSet { weatherChanged() }
    }

    private let tap: TrafficTap
    private var listener: TCPListener?
    private var connections: [Int: RelayedConnection] = [:]

    init(_ name: String, tap: TrafficTap, targetPort: Int, port: Int) throws {
        self.name = name
        self.tap = tap
        self.targetPort = targetPort
        let addresses = try SocketAddress.resolve("127.0.0.1", port: port)
        for address in addresses {
            listener = try TCPListener(on: address) { [weak self] in self?.accepted($0) }
        }
    }

    /// Where the visitor's page is.
    package var port: Int { listener?.address.port ?? 0 }
    package var connectionCount: Int { connections.count }

    private func accepted(_ stream: TCPStream) {
        let number = tap.nextConnection()
        let connection = RelayedConnection(number, stream, visitor: self, tap: tap)
        connections[number] = connection
        connection.connect()
    }

    func isOver(_ connection: Int) { connections[connection] = nil }

    private func weatherChanged() {
        for connection in connections.values {
            if weather.blocksWebSockets, tap.isWebSocket(connection.number) {
                connection.cut("WebSockets are blocked: the connection is cut")
            }
            connection.weatherChanged()
        }
    }

    /// Breaks all connections off, now.
    package func cut() {
        for connection in connections.values { connection.cut("the connection is cut") }
    }

    func close() {
        listener?.close()
        listener = nil
        cut()
    }
}
