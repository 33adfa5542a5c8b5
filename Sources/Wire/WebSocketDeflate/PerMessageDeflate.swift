// What a program can set about compressed messages, at a server and at a client.
// In: a program's wishes. Out: what is offered to the other side, or accepted of its offers.
// Spec: RFC 7692 §7.1. Next: ../Deflate/DeflateNegotiation.swift, MessageCompressor.swift.

import DeflateWire

/// Compresses the messages of WebSockets, where the other side can do it too: the extension
/// `permessage-deflate`. The names and defaults are those of the reference's `ws`.
///
/// A side that keeps its context (the last 32 KiB of its messages) lets each message copy from
/// those before it: messages that are alike become far shorter. It costs memory. For a connection,
/// with the defaults: at most 264 KiB for what is sent, from the first message on that is
/// compressed, and 65 KiB for what is received.
///
/// Spec: RFC 7692 §7
public struct PerMessageDeflate: Equatable, Sendable {
    /// Messages of fewer bytes are sent as they are.
    public var threshold = 1_024
    /// Whether the server's messages stand each alone: true says so to every client, false refuses
    /// a client that asks for it, nil does as the client asks. With true, no memory is held between
    /// messages, and an event to many clients is compressed once for all of them.
    public var serverNoContextTakeover: Bool?
    /// The same about the client's messages; a server that says true holds no memory for them. At a
    /// client, false refuses a server that asks for it.
    public var clientNoContextTakeover: Bool?
    /// How far back the server's messages copy at most: 2 to the power of 8 to 15 bytes; nil: as
    /// far as the client allows. With 10, the server holds 84 KiB for what it sends instead of 264.
    public var serverMaxWindowBits: Int?
    /// The same about the client's messages. A client that cannot be told a number is then not
    /// compressed with.
    public var clientMaxWindowBits: Int?
    /// How hard to look for what was sent before.
    public var level = DeflateLevel.default
    /// Milliseconds after its last compressed message at which the context of this side is dropped,
    /// and its memory with it; it comes back with the next one. Nil: it is kept until the end. It
    /// may take up to twice as long.
    public var idleContextTime: Int?

    /// The defaults: everything the other side asks for is agreed to.
    public init() {}

    /// What is negotiated. A number that is none of 8 to 15 becomes the nearest one.
    package var negotiation: MessageDeflateOptions {
        var options = MessageDeflateOptions()
        options.serverNoContextTakeover = serverNoContextTakeover
        options.clientNoContextTakeover = clientNoContextTakeover
        options.serverMaxWindowBits = serverMaxWindowBits.map { min(max($0, 8), 15) }
        options.clientMaxWindowBits = clientMaxWindowBits.map { min(max($0, 8), 15) }
        return options
    }
}
