// Which clients are meant, and what is done with them. Each step is a value of its own.
// In: rooms, flags, events. Out: messages. Next: EmitterMessages.swift.

import MessagePackWire
import SocketIOEvents
import SocketIOWire

/// Some of the clients of all servers: `emitter.of("/chat").to("room").except("other")`.
public struct EmitterTarget: EmitterOrigin {
    let emitter: RedisEmitter
    var namespace = "/"
    var rooms: [String] = []
    var excludedRooms: [String] = []
    var isVolatile = false
    var isCompressed: Bool?

    /// The clients that are meant so far.
    public var target: EmitterTarget { self }
}

/// Where a choice of clients begins: an emitter, or another choice.
@MainActor public protocol EmitterOrigin: EventTarget {
    /// All clients that are meant without choosing further.
    var target: EmitterTarget { get }
}

extension EmitterOrigin {
    /// The clients in a room, beside those of earlier calls, each once; a socket's id is a room
    /// with one member. Without any room all clients are meant.
    public func to(_ room: String) -> EmitterTarget { to([room]) }

    /// The clients in any of these rooms, beside those of earlier calls, each once.
    public func to(_ rooms: [String]) -> EmitterTarget { changed { $0.rooms.add(rooms) } }

    /// The same as `to`.
    public func `in`(_ room: String) -> EmitterTarget { to(room) }

    /// The same as `to`.
    public func `in`(_ rooms: [String]) -> EmitterTarget { to(rooms) }

    /// But not the clients in a room.
    public func except(_ room: String) -> EmitterTarget { except([room]) }

    /// But not the clients in any of these rooms.
    public func except(_ rooms: [String]) -> EmitterTarget {
        changed { $0.excludedRooms.add(rooms) }
    }

    /// Clients that can't be reached at once miss the event.
    public var volatile: EmitterTarget { changed { $0.isVolatile = true } }

    /// Whether servers that can compress shall compress the event.
    public func compress(_ isOn: Bool) -> EmitterTarget { changed { $0.isCompressed = isOn } }

    private func changed(_ change: (inout EmitterTarget) -> Void) -> EmitterTarget {
        var next = target
        change(&next)
        return next
    }

    // MARK: - Effects

    /// Sends an event to all clients that are meant. `emit` calls it.
    public func deliver(_ event: OutgoingEvent) { target.publish(event) }

    /// Lets all clients that are meant join rooms.
    public func socketsJoin(_ rooms: String...) { socketsJoin(rooms) }

    /// Lets all clients that are meant join rooms.
    public func socketsJoin(_ rooms: [String]) { target.publish(join: rooms) }

    /// Lets all clients that are meant leave rooms.
    public func socketsLeave(_ rooms: String...) { socketsLeave(rooms) }

    /// Lets all clients that are meant leave rooms.
    public func socketsLeave(_ rooms: [String]) { target.publish(leave: rooms) }

    /// Puts all clients that are meant out of the namespace, or, with `close`, ends their
    /// connections.
    public func disconnectSockets(close: Bool = false) { target.publish(disconnect: close) }

    /// Sends an event to the servers themselves, in the namespace that is meant. It asks for no
    /// acknowledgement: there is no one to take it.
    public func serverSideEmit<each Argument: Encodable>(
        _ event: String, _ arguments: repeat each Argument
    ) {
        let caught = CaughtEmission()
        caught.emit(event, repeat each arguments)
        if let event = caught.event { target.publish(serverSide: event) }
    }
}

/// Encodes an event as any other target does, and keeps it.
private final class CaughtEmission: EventTarget {
    private(set) var event: OutgoingEvent?
    func deliver(_ event: OutgoingEvent) { self.event = event }
}

extension [String] {
    /// Adds those that are new. They are compared byte by byte, as servers do.
    fileprivate mutating func add(_ rooms: [String]) {
        for room in rooms where !contains(where: { $0.utf8.elementsEqual(room.utf8) }) {
            append(room)
        }
    }
}
