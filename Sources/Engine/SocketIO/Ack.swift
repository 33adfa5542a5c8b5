// Acknowledgements: the answer to one event, in both directions. In: values, or a client's answer.
// Out: an ack packet, once; or a decoded reply. Next: EventHandlers.swift, Emitting.swift.

import EngineIOWire
import Foundation
import Sockets
import SocketIOWire

/// The arguments of an event or an acknowledgement, undecoded.
public typealias Arguments = SocketIOWire.Arguments

/// Answers an event: `ack("thanks")`. Without effect when the client asked for no answer, has
/// left, or has been answered.
public final class Ack {
    private var socket: Socket?
    private let id: Int?

    init(socket: Socket, id: Int?) {
        self.socket = id == nil ? nil : socket
        self.id = id
    }

    /// Whether the client waits for an answer.
    public var isWanted: Bool { socket != nil }

    /// Answers with these values.
    public func callAsFunction<each Argument: Encodable>(_ arguments: repeat each Argument) {
        send { encoder in repeat try encoder.append(each arguments) }
    }

    /// Answers with the arguments of another packet, as they came.
    public func callAsFunction(passing arguments: Arguments) {
        send { try $0.append(contentsOf: arguments) }
    }

    private func send(_ write: (inout ArgumentsEncoder) throws -> Void) {
        guard let socket, let id, socket.connected else { return }
        self.socket = nil
        var encoder = ArgumentsEncoder()
        do {
            try write(&encoder)
        } catch {
            return Log.write("an acknowledgement could not be encoded: \(error)")
        }
        let name = socket.namespace.name
        socket.client.session.send(
            OutgoingMessage(encoder.finish()) { arguments, text in
                SocketIOPacketEncoder.appendAck(
                    namespace: name, ackID: id, arguments, to: &text)
            })
    }
}

/// A handler asks for it as for an argument, so it has to be what arguments are; no JSON is one.
extension Ack: nonisolated Decodable {
    public nonisolated convenience init(from decoder: any Decoder) throws {
        throw DecodingError.dataCorrupted(
            .init(codingPath: decoder.codingPath, debugDescription: "an Ack is no argument"))
    }
}

/// Why an acknowledgement did not come.
public enum AckError: Error, Equatable, CustomStringConvertible {
    /// Not within the time that was given.
    case timedOut
    /// The socket was disconnected before.
    case disconnected
    /// It came, and is not of the type that was asked for.
    case mismatch(String)

    public var description: String {
        switch self {
        case .timedOut: "operation has timed out"
        case .disconnected: "the socket was disconnected before the acknowledgement came"
        case .mismatch(let reason): "the acknowledgement does not fit: \(reason)"
        }
    }
}
