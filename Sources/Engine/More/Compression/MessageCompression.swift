// `perMessageDeflate`: messages over WebSocket, compressed. In: what a client offers; frames with
// whole messages. Out: the answer to it; frames as they go out. Decompressing is in the decoder.
// Spec: RFC 7692. Next: SharedMessages.swift, IdleContexts.swift;
// Sources/Wire/WebSocketDeflate/MessageCompressor.swift.

import DeflateWire
import EngineSockets
import HTTPWire
import WebSocketDeflate
import WebSocketWire

extension App {
    /// Agrees on permessage-deflate, if the client offers it and the program wants it.
    func agreeOnCompression(
        _ request: Request, _ answer: inout HTTPResponse, _ limits: WebSocketLimits
    ) throws(HandshakeError) -> (restorer: MessageRestorer, compression: MessageCompression)? {
        let service = service(for: request.head)
        let wanted =
            service == nil ? more.webSockets.deflate : service?.options.perMessageDeflate
        guard let wanted, let field = request.head.fields["Sec-WebSocket-Extensions"] else {
            return nil
        }
        let agreement: MessageDeflateAgreement?
        do {
            agreement = try .accept(field, wanted.negotiation)
        } catch {
            throw HandshakeError(extensions: error.description)
        }
        guard let agreement else { return nil }
        answer.fields.add("Sec-WebSocket-Extensions", agreement.parameters.header)
        return (
            MessageRestorer(agreement, isServer: true, limit: limits.message),
            MessageCompression(agreement, wanted)
        )
    }
}

extension WebSocketConnection {
    /// A frame with a whole message, as it shall go out.
    func outgoing(_ frame: [UInt8]) -> [UInt8] {
        guard extras != nil, let compression else { return frame }
        return compression.compress(frame)
    }

    /// The extension that was agreed on, as the answer to the client names it; nil: none.
    public var extensions: String? {
        compression?.agreement.parameters.header
    }
}

/// What one connection sends, compressed.
final class MessageCompression {
    let agreement: MessageDeflateAgreement
    private let options: PerMessageDeflate
    /// The connection's own; nil: its messages stand alone, and are compressed together with those
    /// of other connections.
    private var own: MessageCompressor?
    private let sharing: SharedMessages.Kind
    /// The time of the last compressed message, while there is a context.
    private(set) var lastUsed: Int?

    init(_ agreement: MessageDeflateAgreement, _ options: PerMessageDeflate) {
        self.agreement = agreement
        self.options = options
        sharing = SharedMessages.Kind(bits: agreement.serverBits, level: options.level)
        if agreement.keepsContext(ofServer: true) {
            own = MessageCompressor(agreement, options, isServer: true)
        }
    }

    /// Bytes that are held between messages.
    var heldCount: Int { own?.heldCount ?? 0 }

    func compress(_ frame: [UInt8]) -> [UInt8] {
        guard frame.count > options.threshold,
            let (type, payload) = FrameEncoder.message(in: frame[...]),
            payload.count >= options.threshold
        else { return frame }
        guard own != nil else {
            return SharedMessages.shared.compress(frame, type, payload, sharing) {
                agreement.compressor(isServer: true, level: options.level)
            }
        }
        guard let compressed = own?.compress(payload) else { return frame }
        use()
        return SharedMessages.frame(type, compressed)
    }

    private func use() {
        let isFirst = lastUsed == nil
        lastUsed = EventLoop.shared.now
        if isFirst, let time = options.idleContextTime { IdleContexts.watch(self, time: time) }
    }

    /// Gives the memory back, until the next message.
    func dropContext() {
        own?.dropContext()
        lastUsed = nil
    }
}
