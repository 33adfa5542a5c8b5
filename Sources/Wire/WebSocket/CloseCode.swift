// In: the number in a close frame. Out: a name for it, and whether it may stand there.
// Spec: RFC 6455 §7.4. Next: WebSocketError.swift, ClosingHandshake.swift.

/// Why a WebSocket is closed.
/// Spec: RFC 6455 §7.4.1
public struct CloseCode: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let normal = CloseCode(rawValue: 1000)
    public static let goingAway = CloseCode(rawValue: 1001)
    public static let protocolError = CloseCode(rawValue: 1002)
    /// Never sent: stands for a close frame without a code.
    public static let noStatus = CloseCode(rawValue: 1005)
    /// Never sent: stands for a connection that ended without a close frame.
    public static let abnormal = CloseCode(rawValue: 1006)
    public static let invalidPayload = CloseCode(rawValue: 1007)
    public static let messageTooBig = CloseCode(rawValue: 1009)

    /// Whether this code may stand in a frame: the registered ones, and those for libraries
    /// (3000…3999) and applications (4000…4999).
    /// Spec: RFC 6455 §7.4.2
    package var mayBeSent: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
