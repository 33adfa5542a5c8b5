// `socket.on("save") { (text: String) async in … }`: handlers that wait for something.
// In: closures. Out: handlers that start in the order of arrival. Next: HandlerQueue.swift,
// ../EventHandlers.swift.

import EngineSockets
import SocketIOWire

extension EventSource {
    /// Starts `handler` for each event of this name, in the order of arrival; at each of its
    /// awaits the next event may begin. With an `Ack` as its last parameter it may answer at any
    /// time.
    @discardableResult
    public func on<each Argument: Decodable>(
        _ event: String, _ handler: @escaping @MainActor (repeat each Argument) async throws -> Void
    ) -> Listener {
        let queue = handlerQueue
        return listeners.add(event) { received in
            let values = (repeat try received.next((each Argument).self))
            queue.run(event, received.ack) { try await handler(repeat each values) }
        }
    }

    /// Starts `handler` for each event of this name; what it returns is the acknowledgement.
    @discardableResult
    public func on<each Argument: Decodable, Reply: Encodable>(
        _ event: String,
        _ handler: @escaping @MainActor (repeat each Argument) async throws -> Reply
    ) -> Listener {
        let queue = handlerQueue
        return listeners.add(event) { received in
            let values = (repeat try received.next((each Argument).self))
            let ack = received.ack
            queue.run(event, ack) { ack(try await handler(repeat each values)) }
        }
    }
}
