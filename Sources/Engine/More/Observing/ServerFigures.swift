// How much there is of everything at this moment: `app.figures`. Counted when asked for.
// Next: Metrics.swift.

import EngineSockets
import SocketIOEvents

/// What an app and its servers hold, and what the process has read and written.
public nonisolated struct ServerFigures: Sendable, Equatable {
    /// Open connections that speak HTTP: polls, requests, and those that wait for the next one.
    public var httpConnections = 0
    /// Open WebSockets, bare ones and those of sessions.
    public var webSockets = 0
    /// Sessions of Engine.IO, by transport.
    public var pollingSessions = 0
    /// Sessions over WebSocket.
    public var webSocketSessions = 0
    /// Sockets, by namespace.
    public var sockets: [String: Int] = [:]
    /// Bytes that wait to be taken by clients, in all queues.
    public var queuedBytes = 0
    /// Bytes in the longest queue of one connection.
    public var longestQueue = 0
    /// Async handlers and routes that are under way or wait for their turn.
    public var handlersUnderWay = 0
    /// Bytes that all connections of the process have read since its start.
    public var bytesRead = 0
    /// Bytes that they have written.
    public var bytesWritten = 0
}

extension App {
    /// How much there is of everything at this moment. To count it takes time in proportion to the
    /// number of connections: a few milliseconds for ten thousand.
    public var figures: ServerFigures {
        var figures = ServerFigures()
        figures.httpConnections = connections.count
        figures.webSockets = webSockets.count
        let streams = connections.values.map(\.stream) + webSockets.values.map(\.stream)
        for stream in streams {
            figures.queuedBytes += stream.queuedByteCount
            figures.longestQueue = max(figures.longestQueue, stream.queuedByteCount)
        }
        for (_, service) in services {
            for session in service.sessions.values where session.isOpen {
                if session.transport == .polling {
                    figures.pollingSessions += 1
                } else {
                    figures.webSocketSessions += 1
                }
                for socket in (session.delegate as? Client)?.sockets ?? [] where socket.connected {
                    figures.sockets[socket.namespace.name, default: 0] += 1
                }
            }
        }
        figures.handlersUnderWay = more.work.underWay
        figures.bytesRead = EventLoop.shared.bytesRead
        figures.bytesWritten = EventLoop.shared.bytesWritten
        return figures
    }
}
