// How this side leaves a namespace, of its own accord. Next: ../SocketIOPacket.swift.

extension SocketIOPacketEncoder {
    /// `1/admin,`.
    package static func disconnect(namespace: String) -> [UInt8] {
        packet(.disconnect, namespace, "")
    }
}
