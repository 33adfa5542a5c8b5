// Where the folder More plugs in what no stage needs: other versions of the protocol, middlewares,
// CORS. Each is nil until a program asks for it, and then costs one comparison.
// In: a request, a session, a packet. Out: what is to be done instead. Next: EngineIOServer.swift.

import EngineIOWire
import HTTPWire

/// Sees every request before it is routed; see More/EngineHooks.swift.
protocol EngineCompanion: AnyObject {
    /// Calls `next`, now or later, to have the request served; or answers it.
    func handle(_ exchange: HTTPExchange, _ next: @escaping () -> Void)
    /// A request may open a session. Calls `next`, now or later, with its id; or answers it.
    func open(_ exchange: HTTPExchange, _ next: @escaping (_ sid: String) -> Void)
    /// A request is about to be refused.
    func refused(_ error: EngineIOError, _ exchange: HTTPExchange)
    /// A request was refused since its body has more bytes than `limit`.
    func refusedBody(of request: Request, limit: Int)
}

/// Adds fields to an answer, whatever it will be; see More/EngineVisit.swift.
protocol AnswerDecoration: AnyObject {
    func decorate(_ response: inout HTTPResponse)
}

/// Lets clients of an older version in; see More/OldClients.swift.
protocol OldClientSupport: AnyObject {
    /// Whether it knows what a request speaks that would open a session.
    func speaks(_ head: HTTPRequestHead) -> Bool
    /// How to speak in a session; nil: as all do.
    func dialect(for session: Session) -> (any SessionDialect)?
}

/// How a session speaks that is of an older version; see More/OldDialect.swift.
protocol SessionDialect: AnyObject {
    /// Several packets as the body of a poll's answer.
    func body(of packets: [OutgoingPacket]) -> PollBody
    /// The packets of a POST; nil: they cannot be read.
    func packets(in request: Request) -> [EngineIOPacket]?
    /// A packet as a WebSocket's frame.
    func frame(of packet: OutgoingPacket) -> ArraySlice<UInt8>
    /// A WebSocket's text message as a packet.
    func packet(text: [UInt8]) throws -> EngineIOPacket
    /// A WebSocket's binary message as a packet.
    func packet(binary: [UInt8]) throws -> EngineIOPacket
    /// Has come. True: that was it, the session does nothing more about it.
    func takes(_ packet: EngineIOPacket) -> Bool
    /// A Socket.IO packet of the client's, as one of today.
    func incoming(_ packet: ArraySlice<UInt8>) -> ArraySlice<UInt8>
    /// A Socket.IO packet of today without arguments, as the client knows it.
    func outgoing(_ packet: [UInt8]) -> [UInt8]
}

/// Which other sites' pages may connect, and what their browsers are told; see More/CORS.swift.
public protocol CrossOriginPolicy {
    /// Whether pages of this origin, such as `https://chat.example.org`, may connect.
    func isAllowed(_ origin: String) -> Bool
    /// Adds the fields that a browser wants to read to any answer, errors included.
    func apply(to response: inout HTTPResponse, for head: HTTPRequestHead)
    /// The answer to the browser's question before the request itself, complete; nil: the request
    /// goes on as any other does.
    func preflight(for head: HTTPRequestHead) -> HTTPResponse?
}
