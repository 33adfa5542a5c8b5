// In: messages. Out: the payloads of marked frames, or that a message goes as it is.
// Spec: RFC 7692 §6.1, §7.2.1. Next: ../Deflate/Deflater.swift, PerMessageDeflate.swift.

import DeflateWire
import WebSocketWire

/// Compresses the messages that one side sends over one connection.
package struct MessageCompressor: Sendable {
    package let agreement: MessageDeflateAgreement
    private let isServer: Bool
    private let options: PerMessageDeflate
    private let keepsContext: Bool
    /// Made with the first message.
    private var deflater: Deflater?

    /// Keeps to what was agreed on.
    package init(
        _ agreement: MessageDeflateAgreement, _ options: PerMessageDeflate, isServer: Bool
    ) {
        self.agreement = agreement
        self.options = options
        self.isServer = isServer
        keepsContext = agreement.keepsContext(ofServer: isServer)
    }

    /// How many bytes are held between messages.
    package var heldCount: Int { deflater?.heldCount ?? 0 }

    /// A message, compressed; nil: it goes as it is. What was compressed has to be sent: the next
    /// message may copy from it.
    package mutating func compress(_ message: ArraySlice<UInt8>) -> [UInt8]? {
        guard message.count >= options.threshold else { return nil }
        var deflater =
            deflater.take() ?? agreement.compressor(isServer: isServer, level: options.level)
        let compressed = deflater.endMessage(message)
        self.deflater = deflater
        // A message that others do not copy from need not be sent longer than it is.
        return !keepsContext && compressed.count >= message.count ? nil : compressed
    }

    /// Gives the memory back. The next message copies from none before it: that needs no agreement.
    /// Spec: RFC 7692 §7.1.1
    package mutating func dropContext() { deflater = nil }
}
