// How packets travel: what a session expects of long-polling and of a WebSocket alike.
// Next: PollingTransport.swift, WebSocketTransport.swift; EngineClient.swift above.

import EngineIOWire

/// Who hears of a transport.
protocol ClientTransportDelegate: AnyObject {
    func transport(_ transport: any ClientTransport, received packet: EngineIOPacket)
    /// What was given to `send` is out: there is room for more.
    func transportDrained(_ transport: any ClientTransport)
    /// It is over. Called once, and not after `close`.
    func transport(
        _ transport: any ClientTransport, ended reason: ClientDisconnectReason, _ problem: String)
}

/// A way to the server.
protocol ClientTransport: AnyObject {
    var name: EngineIOTransport { get }
    var delegate: (any ClientTransportDelegate)? { get set }
    /// Whether `send` may be called.
    var isWritable: Bool { get }
    func open()
    /// Sends packets; `transportDrained` follows.
    func send(_ packets: [EngineIOPacket])
    /// As many packets from the front as fit into one `send`.
    func portion(of packets: [EngineIOPacket], maxPayload: Int) -> Int
    /// Stops receiving when nothing is under way any more, and calls back then.
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
