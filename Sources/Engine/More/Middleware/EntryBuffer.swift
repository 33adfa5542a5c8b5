// What a client sends, and what the program sends it, while middlewares are asked about its socket.
// In: events, messages. Out: the same, in order, when the socket is in. Next: Middleware.swift.

import EngineSockets
import SocketIOEvents
import SocketIOWire

/// What waits until a socket is in.
struct EntryBuffer {
    /// An event of a client that is not in yet.
    typealias Event = (arguments: Arguments, ackID: Int?)

    private var events: [Event] = []
    private var messages: [OutgoingMessage] = []
    private var bytes = 0
    private var messageBytes = 0
    /// Whether the connection is about to be closed, since too much was sent to it.
    fileprivate var isCutOff = false

    /// Keeps an event. False: it is too much for a client that is not even in.
    mutating func keep(_ arguments: Arguments, _ ackID: Int?, limit: Int) -> Bool {
        bytes += arguments.json.count + arguments.attachments.reduce(0) { $0 + $1.count }
        events.append((arguments.copied(), ackID))
        return bytes <= limit && events.count <= 100
    }

    /// Keeps a message of the program's. False: it is too much, and is not kept.
    mutating func keep(_ message: OutgoingMessage, limit: Int) -> Bool {
        guard messageBytes <= limit else { return false }
        messages.append(message)
        messageBytes += message.attachments.reduce(message.packet.payloadSize) {
            $0 + $1.payloadSize
        }
        return true
    }

    mutating func takeMessages() -> [OutgoingMessage] {
        defer { messages = [] }
        return messages
    }

    mutating func takeEvents() -> [Event] {
        defer { events = [] }
        return events
    }
}

extension Socket {
    func keep(_ arguments: Arguments, ackID: Int?) {
        let limit = client.session.server.options.maxHttpBufferSize
        guard !isGone, !more.buffer.keep(arguments, ackID, limit: limit) else { return }
        client.reject("it sent too much before a middleware had let it in")
    }

    func keep(_ message: OutgoingMessage) {
        let limit = client.session.server.options.outgoingQueueLimit
        guard !isGone, !more.buffer.keep(message, limit: limit), !more.buffer.isCutOff else {
            return
        }
        more.buffer.isCutOff = true
        Log.write(
            "a client was disconnected: too much was sent to it before a middleware had let it in "
                + "(SocketServerOptions.outgoingQueueLimit)")
        // This may be in the middle of a broadcast.
        EventLoop.shared.runLater { [client] in client.session.close(.transportError) }
    }
}
