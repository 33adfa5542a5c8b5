// Events between servers: `io.serverSideEmit("reload")`, and on the others
// `io.serverSide.on("reload") { () in … }`. In: a name and values. Out: calls of other servers'
// handlers; their answers. Next: Cluster.swift.

import SocketIOEvents
import SocketIOWire
import EngineSockets

/// What other servers say to this one.
public final class ServerSideEvents: EventSource {
    /// Which handlers hear which event.
    public var listeners = Listeners()

    func hear(_ arguments: Arguments, _ answer: PendingAnswer) {
        listeners.take(arguments).run(arguments, answer)
    }
}

extension Namespace {
    /// What other servers say to this one: `io.of("/a").serverSide.on("x") { (n: Int) in … }`.
    public var serverSide: ServerSideEvents { more.serverSide }

    /// Sends an event to the other servers' `serverSide`. Without an adapter it has no effect.
    public func serverSideEmit<each Argument: Encodable>(
        _ event: String, _ arguments: repeat each Argument
    ) {
        guard let encoded = serverSideEvent(event, repeat each arguments) else { return }
        kept?.cluster?.publish(.serverSide(.init(encoded.arguments), request: nil))
    }

    /// The same, and waits for the others' answers, in no order. Throws `AdapterError` when not all
    /// have answered in time, `AckError` when an answer is no `Reply`.
    public func serverSideEmitWithAck<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument, as type: Reply.Type
    ) async throws -> [Reply] {
        guard let encoded = serverSideEvent(event, repeat each arguments),
            let cluster = kept?.cluster
        else { return [] }
        return try await cluster.askServers(encoded).map { answer in
            guard let arguments = Arguments(acknowledgement: answer) else {
                throw AckError.mismatch("the answer is no list")
            }
            do {
                return try arguments.decode(Reply.self, at: 0)
            } catch {
                throw AckError.mismatch("\(error)")
            }
        }
    }

    private func serverSideEvent<each Argument: Encodable>(
        _ event: String, _ arguments: repeat each Argument
    ) -> OutgoingEvent? {
        guard !["connect", "connection", "new_namespace"].contains(event) else {
            Log.write("\"\(event)\" is a reserved name for events between servers")
            return nil
        }
        let caught = CaughtEvent()
        caught.emit(event, repeat each arguments)
        return caught.event
    }
}

extension SocketServer {
    /// What other servers say to this one in the main namespace.
    public var serverSide: ServerSideEvents { sockets.serverSide }

    /// Sends an event to the other servers' `serverSide`. Without an adapter it has no effect.
    public func serverSideEmit<each Argument: Encodable>(
        _ event: String, _ arguments: repeat each Argument
    ) {
        sockets.serverSideEmit(event, repeat each arguments)
    }

    /// The same, and waits for the others' answers. Throws `AdapterError` and `AckError`.
    public func serverSideEmitWithAck<each Argument: Encodable, Reply: Decodable>(
        _ event: String, _ arguments: repeat each Argument, as type: Reply.Type
    ) async throws -> [Reply] {
        try await sockets.serverSideEmitWithAck(event, repeat each arguments, as: type)
    }
}
