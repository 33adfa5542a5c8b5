// The bytes of a request: its own parts, and what every request of a client has in common.
// Next: HTTPClientConnection.swift, WebSocketTransport.swift.

/// What every request of a client has in common.
struct RequestTemplate {
    let server: ServerURL
    let fields: [String: String]

    /// The bytes of a request. Line breaks in fields would be other fields: they become blanks.
    func request(
        _ method: String, _ target: String, more: [(String, String)] = [], body: [UInt8]? = nil
    ) -> [UInt8] {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: \(server.authority)\r\n"
        let others = fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        for (name, value) in more + others {
            text += "\(name): \(value)".map { $0.isNewline ? " " : String($0) }.joined() + "\r\n"
        }
        if let body { text += "Content-Length: \(body.count)\r\n" }
        return Array((text + "\r\n").utf8) + (body ?? [])
    }
}
