// Is the peer of a bare WebSocket still there? Of a cut cable TCP tells nothing for hours.
// In: connections. Out: pings at an interval, and the end of those who are silent then.
// Spec: RFC 6455 §5.5.2. Next: WebSocketConnection.swift. (Engine.IO has a heartbeat of its own.)

import EngineSockets
import WebSocketWire

/// The heartbeat of an app's WebSockets. All have the same interval, so that two queues keep the
/// moments in order: no timer for a connection.
final class WebSocketHeartbeat: DeadlineSource {
    /// Milliseconds from one ping to the next; nil: none is sent.
    var interval: Int? = 25_000
    /// Milliseconds within which something has to be heard after a ping.
    var timeout = 20_000

    /// A connection, and when it was pinged or begun.
    private struct Beat {
        weak var connection: WebSocketConnection?
        let time: Int
    }
    private var pings = DeadlineQueue<Beat>()
    private var pongs = DeadlineQueue<Beat>()
    private static let ping = FrameEncoder.encode(.ping, [])

    /// Watches over a connection until its end.
    func watch(_ connection: WebSocketConnection) {
        guard let interval else { return }
        if nextDeadline == nil { EventLoop.shared.add(self) }
        let now = EventLoop.shared.now
        pings.append(Beat(connection: connection, time: now), at: now &+ max(1, interval))
        EventLoop.shared.deadlinesChanged()
    }

    var nextDeadline: Int? { [pings.next, pongs.next].compactMap(\.self).min() }

    func deadlinePassed(at now: Int) {
        while let (_, beat) = pings.popDue(at: now) {
            guard let connection = beat.connection, connection.isOpen, let interval else {
                continue
            }
            connection.send(frame: Self.ping[...])
            let next = Beat(connection: connection, time: now)
            pongs.append(next, at: now &+ timeout)
            pings.append(next, at: now &+ max(1, interval))
        }
        while let (_, beat) = pongs.popDue(at: now) {
            guard let connection = beat.connection, connection.isOpen else { continue }
            // A message proves as much as a pong.
            if connection.lastHeard < beat.time { end(connection) }
        }
        if nextDeadline == nil { EventLoop.shared.remove(self) }
    }

    private func end(_ connection: WebSocketConnection) {
        let request = connection.request
        Log.write(
            "a WebSocket at \(request.path) was closed, since nothing was heard of "
                + "\(request.address) for \(timeout) ms after a ping (webSocketPingTimeout)")
        connection.abandon("ping timeout")
    }
}
