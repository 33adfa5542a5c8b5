// Acknowledgements: the answer to one event, in both directions. In: values, or the other side's
// answer. Out: an ack packet, once; or a decoded reply. Next: EventHandlers.swift, Asking.swift.

import EngineSockets
import SocketIOWire

/// The arguments of an event or an acknowledgement, undecoded.
public typealias Arguments = SocketIOWire.Arguments

/// Anything that JSON can say; see `JSON`.
public typealias JSON = SocketIOWire.JSON

/// Who sends acknowledgements: a socket, as long as it is connected.
@MainActor package protocol AckSender: AnyObject {
    func sendAck(_ id: Int, _ arguments: EncodedArguments)
}

/// Answers an event: `ack("thanks")`. Without effect when the other side asked for no answer, has
/// left, or has been answered.
public final class Ack {
    private var sender: (any AckSender)?
    private let id: Int

    /// With an id, `sender` sends the answer; without one, none is wanted.
    package init(_ sender: (any AckSender)?, id: Int?) {
        self.sender = id == nil ? nil : sender
        self.id = id ?? 0
    }

    /// There is nothing to take down: no hop to the main actor for each event.
    nonisolated deinit {}

    /// Whether the other side waits for an answer.
    public var isWanted: Bool { sender != nil }

    /// Answers with these values.
    public func callAsFunction<each Argument: Encodable>(_ arguments: repeat each Argument) {
        send { encoder in repeat try encoder.append(each arguments) }
    }

    /// Answers with the arguments of another packet, as they came.
    public func callAsFunction(passing arguments: Arguments) {
        send { try $0.append(contentsOf: arguments) }
    }

    private func send(_ write: (inout ArgumentsEncoder) throws -> Void) {
        guard let sender else { return }
        self.sender = nil
        var encoder = ArgumentsEncoder()
        do {
            try write(&encoder)
        } catch {
            return Log.write("an acknowledgement could not be encoded: \(error)")
        }
        sender.sendAck(id, encoder.finish())
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

/// Who waits for which acknowledgement.
package struct PendingAcks {
    package typealias Done = (Result<Arguments, AckError>) -> Void
    private var waiting: [Int: Done] = [:]
    private var nextID = 0

    package init() {}

    /// Expects an acknowledgement; returns the id to send along.
    package mutating func expect(_ done: @escaping Done) -> Int {
        defer { nextID += 1 }
        waiting[nextID] = done
        return nextID
    }

    /// Expects one under an id that somebody else has chosen, from a range that is never reached by
    /// counting.
    package mutating func expect(_ id: Int, _ done: @escaping Done) { waiting[id] = done }

    /// Who waits for this one, and does so no longer. An id that nobody waits for is ignored.
    package mutating func take(_ id: Int) -> Done? { waiting.removeValue(forKey: id) }

    /// All who wait, but for these ids; they don't any longer.
    package mutating func takeAll(except kept: Set<Int> = []) -> [Done] {
        let taken = waiting.filter { !kept.contains($0.key) }
        waiting = waiting.filter { kept.contains($0.key) }
        return taken.sorted { $0.key < $1.key }.map(\.value)
    }
}
