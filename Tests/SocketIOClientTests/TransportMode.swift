// The ways in which the tests' clients connect. Next: ClientTests.swift.

import SocketIOClient

/// How a client connects in a test.
nonisolated enum TransportMode: String, CaseIterable, Sendable {
    case polling, websocket, upgrade

    @MainActor var options: ClientOptions {
        var options = ClientOptions()
        options.reconnectionDelay = 10
        options.reconnectionDelayMax = 50
        switch self {
        case .polling: options.transports = [.polling]
        case .websocket: options.transports = [.websocket]
        case .upgrade: break
        }
        return options
    }
}
