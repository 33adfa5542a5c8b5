// Who may come in, and what may reach the handlers: `io.use { socket in … }` looks at each socket
// that wants to join, `socket.use { packet in … }` at each event. In: a socket, or an event. Out:
// nothing, and the next one is asked; or an error, and that was it.
// Next: Namespace.swift, Socket.swift.

import SocketIOEvents
import EngineSockets
import SocketIOWire

/// Refuses a socket in a middleware: the client hears it as `connect_error`.
public nonisolated struct ConnectError: Error {
    /// What the client reads as the error's `message`.
    public let message: String
    /// The CONNECT_ERROR packet's payload.
    let json: String

    /// Without further data.
    public init(_ message: String) {
        self.message = message
        json = Self.encoded(["message": message])
    }

    /// `data` becomes the error's `data`. What can't be encoded is left out, with a line in the log.
    public init(_ message: String, data: some Encodable) {
        let fields = Self.encoded(["message": message])
        let more = Self.encoded(data)
        self.message = message
        json = more.isEmpty ? fields : "\(fields.dropLast()),\"data\":\(more)}"
    }

    /// JSON, or nothing.
    private static func encoded(_ value: some Encodable) -> String {
        do {
            return try ArgumentsEncoder.text(of: value)
        } catch {
            Log.write("the data of a ConnectError could not be encoded: \(error)")
            return ""
        }
    }
}

/// An event on its way to the handlers.
public struct IncomingPacket {
    /// The event's name.
    public let event: String
    /// Its arguments.
    public let arguments: Arguments
}

enum Middleware {
    case sync((Socket) throws -> Void)
    case async(@MainActor (Socket) async throws -> Void)
}

extension Namespace {
    /// Asks `middleware` about each socket that wants to join, in the order in which they were
    /// set. One that throws keeps the socket out: no handler ever runs for it. The client hears
    /// the message of a `ConnectError`, of other errors only that there was one.
    public func use(_ middleware: @escaping (Socket) throws -> Void) {
        middlewares.append(.sync(middleware))
    }

    /// The same, with awaits: what the client sends meanwhile waits.
    public func use(_ middleware: @escaping @MainActor (Socket) async throws -> Void) {
        middlewares.append(.async(middleware))
    }

    /// A socket wants to join.
    func admit(_ socket: Socket) {
        let mayPass = companion?.prepare(socket) == true
        ask(mayPass ? [] : middlewares[...], about: socket)
    }

    private func ask(_ middlewares: ArraySlice<Middleware>, about socket: Socket) {
        var rest = middlewares
        while let next = rest.popFirst() {
            switch next {
            case .sync(let middleware):
                do { try middleware(socket) } catch { return socket.refused(error) }
            case .async(let middleware):
                Task { [rest] in
                    do { try await middleware(socket) } catch { return socket.refused(error) }
                    ask(rest, about: socket)
                }
                return
            }
        }
        guard let companion else { return joined(socket) }
        companion.admit(socket) { self.joined(socket) }
    }
}

extension SocketServer {
    /// Asks `middleware` about each socket that wants to join the main namespace.
    public func use(_ middleware: @escaping (Socket) throws -> Void) { sockets.use(middleware) }

    /// The same, with awaits: what the client sends meanwhile waits.
    public func use(_ middleware: @escaping @MainActor (Socket) async throws -> Void) {
        sockets.use(middleware)
    }
}

extension Socket {
    /// Asks `middleware` about each event that comes. If it throws, no handler sees the event, and
    /// those of `onError` see the error.
    public func use(_ middleware: @escaping (IncomingPacket) throws -> Void) {
        if !isGone { packetMiddlewares.append(middleware) }
    }

    /// Calls `handler` with the errors that middlewares of this socket throw.
    public func onError(_ handler: @escaping (any Error) -> Void) {
        if !isGone { errorHandlers.append(handler) }
    }

    /// Whether the event may go on to the handlers.
    func isAllowed(_ arguments: Arguments) -> Bool {
        guard !packetMiddlewares.isEmpty else { return true }
        let packet = IncomingPacket(event: arguments.eventName, arguments: arguments)
        do {
            for middleware in packetMiddlewares { try middleware(packet) }
            return true
        } catch {
            if errorHandlers.isEmpty {
                Log.write("the event \"\(packet.event)\" was stopped by a middleware: \(error)")
            }
            for handler in errorHandlers { handler(error) }
            return false
        }
    }
}

/// What a client sends, and what the program sends it, while the middlewares are being asked.
struct Doorway {
    private(set) var events: [(arguments: Arguments, ackID: Int?)] = []
    private(set) var outgoing: [OutgoingMessage] = []
    private var bytes = 0
    private var outgoingBytes = 0

    /// Keeps an event. False: it is too much, from somebody who is not even in.
    mutating func keep(_ arguments: Arguments, _ ackID: Int?, limit: Int) -> Bool {
        bytes += arguments.json.count + arguments.attachments.reduce(0) { $0 + $1.count }
        events.append((arguments.copied(), ackID))
        return bytes <= limit && events.count <= 100
    }

    /// Keeps a message of the program's. False: it is too much; nobody waits for such a client.
    mutating func keep(_ message: OutgoingMessage, limit: Int) -> Bool {
        guard outgoingBytes <= limit else { return false }
        outgoing.append(message)
        outgoingBytes += message.attachments.reduce(message.packet.payloadSize) {
            $0 + $1.payloadSize
        }
        return true
    }
}
