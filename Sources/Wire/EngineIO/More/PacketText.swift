// A packet as text, as clients send it. What a server sends most is encoded once for many clients:
// Sources/Engine/EngineIO/OutgoingPacket.swift. In: a packet. Out: its text.
// Next: ../EngineIOPacket.swift, Sources/Client/WebSocketTransport.swift.

extension EngineIOPacket {
    /// The packet as text; nil for a binary one, which has no text form of its own.
    package var text: [UInt8]? {
        switch self {
        case .open(let data): Array("0".utf8) + data
        case .close: Array("1".utf8)
        case .ping(let data): Array("2".utf8) + data
        case .pong(let data): Array("3".utf8) + data
        case .text(let data): Array("4".utf8) + data
        case .binary: nil
        case .upgrade: Array("5".utf8)
        case .noop: Array("6".utf8)
        }
    }
}
