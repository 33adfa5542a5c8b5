// Which sockets may come in, and which events may reach the handlers: `io.use { socket in … }`
// looks at each socket that wants to join, `socket.use { packet in … }` at each event. In: a
// socket, or an event. Out: nothing, and the next one is asked; or an error, and that was it.
// Next: EntryBuffer.swift, SocketIO/Socket.swift.

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

    /// `data` becomes the error's `data`. What can't be encoded is left out, with a line in the
    /// log.
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
public nonisolated struct IncomingPacket: Sendable {
    /// The event's name.
    public let event: String
    /// Its arguments.
    public let arguments: Arguments
}

/// A closure that was given to `use`.
enum SocketMiddleware {
    case sync(@MainActor (Socket) throws -> Void)
    case async(@MainActor (Socket) async throws -> Void)
}

extension Namespace {
    /// Asks `middleware` about each socket that wants to join, in the order in which they were
    /// set. One that throws keeps the socket out: no handler ever runs for it. The client hears
    /// the message of a `ConnectError`, of other errors only that there was one.
    public func use(_ middleware: @escaping @MainActor (Socket) throws -> Void) {
        more.middlewares.append(.sync(middleware))
    }

    /// The same, with awaits: what the client sends meanwhile waits.
    public func use(_ middleware: @escaping @MainActor (Socket) async throws -> Void) {
        more.middlewares.append(.async(middleware))
    }
}

extension Socket {
    func mayEnter() -> Bool {
        guard let extras = namespace.kept else { return true }
        extras.waiting.insert(ObjectIdentifier(self))
        guard let cluster = extras.cluster else {
            askMiddlewares(extras)
            return false
        }
        cluster.whenOpen { [self] in
            guard !isGone else { return }
            guard cluster.ordersEvents, let memory = extras.memory else {
                return askMiddlewares(extras)
            }
            cluster.lookUp(self, in: memory) { self.askMiddlewares(extras) }
        }
        return false
    }

    private func askMiddlewares(_ extras: NamespaceExtras) {
        let mayPass = extras.memory?.prepare(self) == true
        ask(mayPass ? [] : extras.middlewares[...])
    }

    /// Asks one after the other, then lets the socket in.
    private func ask(_ middlewares: ArraySlice<SocketMiddleware>) {
        var rest = middlewares
        while let next = rest.popFirst() {
            switch next {
            case .sync(let middleware):
                do { try middleware(self) } catch { return refuse(error) }
            case .async(let middleware):
                Task { [rest] in
                    do { try await middleware(self) } catch { return refuse(error) }
                    ask(rest)
                }
                return
            }
        }
        guard let memory = namespace.kept?.memory else { return enter() }
        memory.admit(self) { self.enter() }
    }

    /// A middleware has thrown this. Only a `ConnectError` was written for the client's eyes.
    private func refuse(_ error: any Error) {
        guard !isGone else { return }
        if !(error is ConnectError) {
            Log.write("a middleware refused a socket of \(namespace.name): \(error)")
        }
        observers?.tell { $0.refused(.middleware, handshake.request.address) }
        let answer = error as? ConnectError ?? ConnectError("the server has refused the connection")
        refuse(json: answer.json)
    }
}

extension SocketServer {
    /// Asks `middleware` about each socket that wants to join the main namespace.
    public func use(_ middleware: @escaping @MainActor (Socket) throws -> Void) {
        sockets.use(middleware)
    }

    /// The same, with awaits: what the client sends meanwhile waits.
    public func use(_ middleware: @escaping @MainActor (Socket) async throws -> Void) {
        sockets.use(middleware)
    }
}

extension Socket {
    /// Asks `middleware` about each event that comes. If it throws, no handler sees the event, and
    /// those of `onError` see the error.
    public func use(_ middleware: @escaping @MainActor (IncomingPacket) throws -> Void) {
        if !isGone { more.packetMiddlewares.append(middleware) }
    }

    /// Calls `handler` with the errors that middlewares of this socket throw.
    public func onError(_ handler: @escaping @MainActor (any Error) -> Void) {
        if !isGone { more.errorHandlers.append(handler) }
    }

    func isAllowed(_ arguments: Arguments) -> Bool {
        guard let kept, !kept.packetMiddlewares.isEmpty else { return true }
        let packet = IncomingPacket(event: arguments.eventName, arguments: arguments)
        do {
            for middleware in kept.packetMiddlewares { try middleware(packet) }
            return true
        } catch {
            if kept.errorHandlers.isEmpty {
                Log.write("the event \"\(packet.event)\" was stopped by a middleware: \(error)")
            }
            for handler in kept.errorHandlers { handler(error) }
            return false
        }
    }
}
