// Where features come in that no stage needs: `io.engine`, allowRequest, clients of older versions.
// The core calls each of these hooks by name; here it does as a server without such features does.
// The folder More has methods of the same names, in extensions of EngineIOServer and Session. Swift
// prefers those of a type to those of a protocol, so that they take the place of these.
// Next: EngineIOServer.swift; More/Hooks/EngineHooks.swift, More/OldClients/OldClients.swift.

import EngineBytes
import EngineIOWire
import HTTPWire

/// The hooks of a server.
protocol EngineIOServerHooks {}
extension EngineIOServer: EngineIOServerHooks {}

extension EngineIOServerHooks {
    /// Whether a request may be routed now. After false the hook calls `serve`, or answers.
    func mayServe(_ exchange: HTTPExchange) -> Bool { true }
    /// Whether a request may open a session now. After false the hook calls `open`, or answers.
    func mayOpen(_ exchange: HTTPExchange, _ transport: Transport) -> Bool { true }
    /// Whether a client of another version than 4 is understood.
    func understands(_ head: HTTPRequestHead) -> Bool { false }
    /// A request is about to be refused.
    func refused(_ error: EngineIOError, _ exchange: HTTPExchange) {}
    /// A request was refused since its body has more bytes than `limit`.
    func refusedBody(of request: Request, limit: Int) {}
}

/// The hooks of a session: how its client's version of the protocol differs from version 4.
protocol SessionHooks {}
extension Session: SessionHooks {}

extension SessionHooks {
    /// The session begins: nothing was sent yet.
    func began() {}
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
        guard UTF8Validator.isValid(request.body[...]) else { throw EngineIOPacketError.notUTF8 }
        return try EngineIOPayload.decode(request.body[...])
    }
    /// A packet as a WebSocket's frame.
    func frame(of packet: OutgoingPacket) -> ArraySlice<UInt8> { packet.frame }
    /// A WebSocket's text message as a packet.
    func packet(text: [UInt8]) throws -> EngineIOPacket { try .decode(text: text[...]) }
    /// A WebSocket's binary message as a packet.
    func packet(binary: [UInt8]) throws -> EngineIOPacket { .binary(binary) }
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

/// Which other sites' pages may connect, and what their browsers are told. ``CORS`` is one.
public protocol CrossOriginPolicy {
    /// Whether pages of this origin, such as `https://chat.example.org`, may connect.
    func isAllowed(_ origin: String) -> Bool
    /// Adds the fields that a browser wants to read to any answer, errors included.
    func apply(to response: inout HTTPResponse, for head: HTTPRequestHead)
    /// The answer to the browser's question before the request itself, complete; nil: the request
    /// goes on as any other does.
    func preflight(for head: HTTPRequestHead) -> HTTPResponse?
}
