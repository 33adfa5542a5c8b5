// Acknowledgements: the answer to one event, once. Next: EventHandlers.swift; More/Asking.swift
// for the other direction.

import EngineSockets
import SocketIOWire

/// The arguments of an event or an acknowledgement, undecoded.
public typealias Arguments = SocketIOWire.Arguments

/// Sends acknowledgements: a socket, as long as it is connected.
@MainActor package protocol AckSender: AnyObject {
    /// Adds what is sent in front of an answer's arguments: then they need not be copied behind it.
    func beginAck(_ id: Int, in text: inout [UInt8])
    /// Sends an answer. Its JSON has that in front.
    func sendAck(_ id: Int, _ arguments: consuming EncodedArguments)
}

extension AckSender {
    package func beginAck(_ id: Int, in text: inout [UInt8]) {}
}

/// An answer that the other side may wait for.
package struct PendingAnswer {
    private var sender: (any AckSender)?
    private let id: Int

    /// With an id, `sender` sends the answer; without one, none is wanted.
    package init(_ sender: (any AckSender)?, id: Int?) {
        self.sender = id == nil ? nil : sender
        self.id = id ?? 0
    }

    /// No side waits for it.
    package static let unwanted = PendingAnswer(nil, id: nil)

    var isWanted: Bool { sender != nil }

    /// Inlined: as a closure's context the arguments would be copied.
    @inline(__always)
    mutating func send(_ write: (inout ArgumentsEncoder) throws -> Void) {
        guard let sender = sender.take() else { return }
        var encoder = ArgumentsEncoder { sender.beginAck(id, in: &$0) }
        do {
            try write(&encoder)
        } catch {
            return Log.write("an acknowledgement could not be encoded: \(error)")
        }
        sender.sendAck(id, (consume encoder).finish())
    }
}

/// Answers an event: `ack("thanks")`. Without effect when the other side asked for no answer, has
/// left, or has been answered.
public final class Ack {
    var answer: PendingAnswer

    init(_ answer: PendingAnswer) { self.answer = answer }

    /// There is nothing to take down: no hop to the main actor for each event.
    nonisolated deinit {}

    /// Whether the other side still waits for an answer.
    public var isWanted: Bool { answer.isWanted }

    /// Answers with these values. One that cannot be encoded is logged, and nothing is sent.
    public func callAsFunction<each Argument: Encodable>(_ arguments: repeat each Argument) {
        answer.send { encoder in repeat try encoder.append(each arguments) }
    }
}

/// A handler asks for it as for an argument, so it has to be what arguments are; no JSON is one.
extension Ack: nonisolated Decodable {
    /// Always throws: an `Ack` comes with an event, and from nowhere else.
    public nonisolated convenience init(from decoder: any Decoder) throws {
        throw DecodingError.dataCorrupted(
            .init(codingPath: decoder.codingPath, debugDescription: "an Ack is no argument"))
    }
}
