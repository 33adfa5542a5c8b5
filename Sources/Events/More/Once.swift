// `socket.once("welcome") { … }`: handlers that hear one event. Next: ../EventHandlers.swift.

import SocketIOWire

extension EventSource {
    /// As `on`, for the next event of this name only.
    @discardableResult
    public func once<each Argument: Decodable>(
        _ event: String, _ handler: @escaping @MainActor (repeat each Argument) throws -> Void
    ) -> Listener {
        listeners.endAfterNext(on(event, handler))
    }

    /// As `on`, for the next event of this name only.
    @discardableResult
    public func once<each Argument: Decodable, Reply: Encodable>(
        _ event: String, _ handler: @escaping @MainActor (repeat each Argument) throws -> Reply
    ) -> Listener {
        listeners.endAfterNext(on(event, handler))
    }

    /// As `on`, for the next event of this name only.
    @discardableResult
    public func once<each Argument: Decodable>(
        _ event: String, _ handler: @escaping @MainActor (repeat each Argument) async throws -> Void
    ) -> Listener {
        listeners.endAfterNext(on(event, handler))
    }

    /// As `on`, for the next event of this name only.
    @discardableResult
    public func once<each Argument: Decodable, Reply: Encodable>(
        _ event: String,
        _ handler: @escaping @MainActor (repeat each Argument) async throws -> Reply
    ) -> Listener {
        listeners.endAfterNext(on(event, handler))
    }
}

extension Listeners {
    /// The listener hears the next event, and no other.
    fileprivate mutating func endAfterNext(_ listener: Listener) -> Listener {
        let name = WireName(listener.event)
        let index = entries.firstIndex { $0.number == listener.number && $0.event == name }
        if let index { entries[index].isOnce = true }
        return listener
    }
}
