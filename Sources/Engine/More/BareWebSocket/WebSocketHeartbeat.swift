// Is the peer of a bare WebSocket still there? Of a cut cable TCP tells nothing for hours.
// In: connections. Out: pings at an interval, and the end of those that are silent then.
// Spec: RFC 6455 §5.5.2. Next: HTTP/WebSocketConnection.swift. (Engine.IO has its own heartbeat.)

import EngineSockets
import WebSocketWire

/// The heartbeat of an app's WebSockets. All have the same interval, so that two queues keep the
/// moments in order: no timer for a connection.
final class WebSocketHeartbeat: DeadlineSource {
    /// Milliseconds from one ping to the next; nil: none is sent.
    var interval: Int? = 25_000
    /// Milliseconds within which something has to be heard after a ping.
    var timeout = 20_000

    /// A peer, and when it was pinged, or its connection began.
    private struct Beat {
        weak var peer: WatchedPeer?
        let time: Int
    }
    private var pings = DeadlineQueue<Beat>()
    private var pongs = DeadlineQueue<Beat>()
    private static let ping = FrameEncoder.encode(.ping, [])

    /// Watches over a connection until its end.
    func watch(_ connection: WebSocketConnection) {
        guard let interval else { return }
        if nextDeadline == nil { EventLoop.shared.add(self) }
        let peer = WatchedPeer(connection)
        connection.stream.delegate = peer
        pings.append(
            Beat(peer: peer, time: peer.lastHeard), at: peer.lastHeard &+ max(1, interval))
        EventLoop.shared.deadlinesChanged()
    }

    var nextDeadline: Int? { [pings.next, pongs.next].compactMap(\.self).min() }

    func deadlinePassed(at now: Int) {
        while let (_, beat) = pings.popDue(at: now) {
            guard let peer = beat.peer, peer.connection.isOpen, let interval else { continue }
            peer.connection.send(frame: Self.ping)
            let next = Beat(peer: peer, time: now)
            pongs.append(next, at: now &+ timeout)
            pings.append(next, at: now &+ max(1, interval))
        }
        while let (_, beat) = pongs.popDue(at: now) {
            guard let peer = beat.peer, peer.connection.isOpen else { continue }
            // A message proves as much as a pong.
            if peer.lastHeard < beat.time { end(peer.connection) }
        }
        if nextDeadline == nil { EventLoop.shared.remove(self) }
    }

    /// A close frame would not reach the peer any more.
    private func end(_ connection: WebSocketConnection) {
        let request = connection.request
        Log.write(
            "a WebSocket at \(request.path) was closed, since nothing was heard of "
                + "\(request.address) for \(timeout) ms after a ping (webSocketPingTimeout)")
        connection.stream.abort()
        let handler = connection.handler.take()
        handler?.webSocketClosed(WebSocketEnd(code: .abnormal, reason: "ping timeout"))
    }
}

/// Stands between a stream and its WebSocket, and remembers when something came.
private final class WatchedPeer: TCPStreamDelegate {
    let connection: WebSocketConnection
    /// Milliseconds on the loop's clock.
    private(set) var lastHeard = EventLoop.shared.now

    init(_ connection: WebSocketConnection) { self.connection = connection }

    func received(_ bytes: ArraySlice<UInt8>) {
        lastHeard = EventLoop.shared.now
        connection.received(bytes)
    }

    func receivedEnd() { connection.receivedEnd() }

    func closed(_ reason: TCPCloseReason) { connection.closed(reason) }
}
