// Which handlers listen to which event. In: handlers, by an event's name. Out: those to call now.
// Next: EventHandlers.swift; More/ListenerTools.swift.

import EngineSockets
import SocketIOWire

/// A closure that was given to `on`, ready for arguments that are still to be decoded.
typealias EventHandler = @MainActor (inout ReceivedEvent) throws -> Void

/// A handler that was set by `on` or `once`; `off` takes it to remove it.
public nonisolated struct Listener: Hashable, Sendable {
    let event: String
    let number: Int
}

/// The listeners of a socket.
public struct Listeners {
    struct Entry {
        let event: WireName
        let number: Int
        let handler: EventHandler
        /// Whether it hears the next event, and no other.
        var isOnce = false
    }

    /// In the order in which they were set. A plain list: a socket has few, and to look through
    /// them takes half the time of a dictionary, and a third of its memory.
    var entries: [Entry] = []
    private var count = 0
    /// What More keeps with them.
    package var extras: AnyObject?

    /// None yet.
    package init() {}

    mutating func add(_ event: String, _ handler: @escaping EventHandler) -> Listener {
        count += 1
        entries.append(Entry(event: WireName(event), number: count, handler: handler))
        return Listener(event: event, number: count)
    }

    /// Those to call for an event. One that was set for a single event is forgotten by that: it is
    /// not called twice, whatever the handlers do.
    package mutating func take(_ arguments: Arguments) -> Called {
        let name = arguments.nameBytes
        var called = Called(entries: entries, extras: extras)
        for index in entries.indices.reversed() where entries[index].event.hasBytes(name) {
            called.first = index
            called.count += 1
            if entries[index].isOnce { entries.remove(at: index) }
        }
        return called
    }

    /// The listeners of one event.
    package struct Called {
        /// All that there were when it came.
        let entries: [Entry]
        let extras: AnyObject?
        /// The place of the first one that hears it; nil: none does.
        fileprivate(set) var first: Int?
        fileprivate var count = 0

        /// Whether there are none.
        package var isEmpty: Bool { first == nil }

        /// All handlers run, in the order in which they were set. One that fails, or asks for other
        /// arguments, leaves a line in the log, and the next one runs.
        package func run(_ arguments: consuming Arguments, _ answer: PendingAnswer) {
            guard let first else { return }
            var received = ReceivedEvent(arguments, answer)
            began()
            for index in first..<entries.count {
                // Mostly one hears it: then its name, which `take` has found, is compared no more.
                guard count == 1 || entries[index].event == entries[first].event else { continue }
                received.index = 0
                do {
                    try entries[index].handler(&received)
                } catch {
                    failed(error, received.ack)
                }
                if count == 1 { break }
            }
            ended()
        }

        /// The event's name.
        var event: String { first.map { entries[$0].event.text } ?? "" }
    }
}

/// What More does when handlers run; its methods of the same names take the place of these.
protocol CalledHooks { var event: String { get } }
extension Listeners.Called: CalledHooks {}

extension CalledHooks {
    func began() {}
    func ended() {}
    /// A handler has failed, or asks for other arguments.
    func failed(_ error: any Error, _ ack: Ack) { Log.write(Listeners.sentence(event, error)) }
}

extension Listeners {
    package static func sentence(_ event: String, _ error: any Error) -> String {
        error is ArgumentMismatch
            ? "the event \"\(event)\" reached no handler: \(error)"
            : "a handler of the event \"\(event)\" failed: \(error)"
    }
}
