// What a session expects of its two transports, long-polling and WebSocket.
// Next: PollingTransport.swift, WebSocketTransport.swift; EngineClient.swift above.

import EngineIOWire

/// Receives a transport's packets, and its end. The session is one.
protocol ClientTransportDelegate: AnyObject {
    func transport(_ transport: any ClientTransport, received packet: EngineIOPacket)
    /// The packets given to `send` are sent: it may be called again.
    func transportDrained(_ transport: any ClientTransport)
    /// The transport has ended. Called once, and not after `close`.
    func transport(
        _ transport: any ClientTransport, ended reason: ClientDisconnectReason, _ problem: String)
}

/// A packet that waits to be sent.
struct QueuedPacket {
    let packet: EngineIOPacket
    /// Whether it may be compressed on its way.
    var isCompressible = true
}

/// Carries packets to the server and back.
protocol ClientTransport: AnyObject {
    var name: EngineIOTransport { get }
    var delegate: (any ClientTransportDelegate)? { get set }
    /// Whether `send` may be called.
    var isWritable: Bool { get }
    func open()
    /// Sends packets; `transportDrained` follows.
    func send(_ packets: [QueuedPacket])
    /// As many packets from the front as fit into one `send`.
    func portion(of packets: [QueuedPacket], maxPayload: Int) -> Int
    /// Waits for the requests under way, stops receiving, and calls `done`.
    func pause(_ done: @escaping () -> Void)
    /// Goes on after a pause.
    func resume()
    func close()
}

/// The target of a session's requests.
struct SessionTarget {
    let path: String
    let query: String
    var sid: String?

    func target(_ transport: EngineIOTransport) -> String {
        var text = "\(path)?EIO=4&transport=\(transport.rawValue)"
        if let sid { text += "&sid=\(sid)" }
        return query.isEmpty ? text : "\(text)&\(query)"
    }
}
