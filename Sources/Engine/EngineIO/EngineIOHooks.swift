// Where features come in that no stage needs: `io.engine`, CORS, clients of older versions.
// The core calls each of these hooks by name; here it does as a server without such features does.
// The folder More has methods of the same names, in extensions of the types themselves. Swift
// prefers those of a type to those of a protocol, so that they take the place of these.
// Next: EngineIOServer.swift; More/Hooks/EngineHooks.swift, More/OldClients/OldClients.swift.

import EngineBytes
import EngineIOWire
import EngineSockets
import HTTPWire

/// The hooks of a server.
protocol EngineIOServerHooks {}
extension EngineIOServer: EngineIOServerHooks {}

extension EngineIOServerHooks {
    /// Whether the page that a request comes from may connect. Without More: any site's.
    func mayConnect(_ head: HTTPRequestHead) -> Bool { true }
    /// Adds what pages of other sites need to read an answer.
    func decorate(_ response: inout HTTPResponse, for head: HTTPRequestHead) {}
    /// Whether a request may be routed now. After false the hook calls `serve`, or answers.
    func mayServe(_ exchange: HTTPExchange) -> Bool { true }
    /// Whether a request may open a session now. After false the hook calls `open`, or answers.
    func mayOpen(_ exchange: HTTPExchange, _ transport: Transport) -> Bool { true }
    /// Whether a client of another version than 4 is understood.
    func understands(_ head: HTTPRequestHead) -> Bool { false }
    /// A request is about to be refused.
    func refused(_ error: EngineIOError, _ exchange: HTTPExchange) {}
    /// A session is no longer known. Its deadlines mean nothing, and are still in their queues.
    func forgetDeadlines() {}
    /// A client has sent more at once than it may: it hears 413.
    func refusedBody(of head: HTTPRequestHead, from peer: SocketAddress) {}
}

/// The hooks of a session: its life, and how its client's version differs from version 4.
protocol SessionHooks {}
extension Session: SessionHooks {}

extension SessionHooks {
    /// The session begins: nothing was sent yet.
    func began() {}
    /// A line for the log about it.
    func note(_ line: String) { Log.write(line) }
    /// Its client has not taken what was sent to it.
    func wasCutOff() {}
    /// Whether a POST is answered now. After false the hook does it, by `acceptedPost`.
    func mayAnswer(_ post: HTTPExchange) -> Bool { true }
    /// WebSocket has taken over from polling.
    func hasUpgraded() {}
    /// The session was closed: from here on its handlers hear nothing more.
    func ended() {}
    /// Whether the client speaks Engine.IO 4 and Socket.IO 5.
    var speaksVersion4: Bool { true }
    /// The body of a poll's answer.
    func body(of packets: [OutgoingPacket]) -> ResponseBody {
        (OutgoingPacket.payload(of: packets), "text/plain; charset=UTF-8")
    }
    /// The packets in the body of a POST.
    func packets(in request: Request) throws -> [EngineIOPacket] {
        guard UTF8Validator.isValid(request.body[...]) else {
            throw EngineIOPacketError(
                "the body of a POST was not valid UTF-8; binary data goes as base64, behind a b")
        }
        return try EngineIOPayload.decode(request.body[...])
    }
    /// A packet as a WebSocket's frame.
    func frame(of packet: OutgoingPacket, over webSocket: WebSocketConnection) -> [UInt8] {
        packet.frame
    }
    /// A WebSocket's text message as a packet.
    func packet(text: [UInt8]) throws -> EngineIOPacket { try .decode(text: text[...]) }
    /// A WebSocket's binary message as a packet.
    func packet(binary: [UInt8]) throws -> EngineIOPacket { .binary(binary) }
    /// A Socket.IO packet has come. Not nil: why it is one too many.
    func excess() -> String? { nil }
    /// A packet has come. True: the hook has done all that is to be done about it.
    func takes(_ packet: EngineIOPacket) -> Bool { false }
    /// A Socket.IO packet of the client's, as version 5 writes it.
    func incoming(_ packet: ArraySlice<UInt8>) -> ArraySlice<UInt8> { packet }
    /// A Socket.IO packet without arguments, as the client reads it.
    func outgoing(_ packet: [UInt8]) -> [UInt8] { packet }
}

/// Adds fields to an answer, whatever it will be; see More/Hooks/HookedRequest.swift.
protocol AnswerDecoration: AnyObject {
    func decorate(_ response: inout HTTPResponse)
}
