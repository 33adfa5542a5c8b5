// `io.onHandlerError { socket, event, error, ack in … }`: handlers that fail, in one place.
// In: an error that a handler has thrown, or arguments that do not fit it. Out: a line in the log,
// and calls. Next: ServerObserver.swift; Sources/Events/More/HandlerQueue.swift.

import EngineSockets
import SocketIOEvents
import SocketIOWire

extension SocketServer {
    /// Calls `handler` for each handler of an event that throws, with what it has thrown, and for
    /// each event whose arguments do not fit a handler, with an `ArgumentMismatch`. Through `ack`
    /// the client may be told. The log has a line as well, with socket and event as its fields.
    public func onHandlerError(
        _ handler: @escaping @MainActor (Socket, String, any Error, Ack) -> Void
    ) {
        more.errorHandlers.append(handler)
        for socket in app.allSockets where socket.client.server === self {
            socket.beginObserving()
        }
    }
}

extension Socket {
    /// One of its handlers has failed.
    func handlerFailed(_ event: String, _ error: any Error, _ ack: Ack) {
        var fields = ["socket": id, "event": event, "namespace": namespace.name]
        fields["address"] = handshake.request.address
        Log.write(Listeners.sentence(event, error), .error, fields)
        for handler in client.server.kept?.errorHandlers ?? [] { handler(self, event, error, ack) }
    }
}

extension Session {
    /// A line for the log about its client.
    func note(_ line: String) {
        var fields = ["address": request.address]
        if let socket = (delegate as? Client)?.sockets.first { fields["socket"] = socket.id }
        more.problem = line
        Log.write(line, .warning, fields)
    }

    func wasCutOff() {
        if more.problem == nil { more.problem = "it reads too slowly for what is sent to it" }
        server.app.observers?.tell { $0.cutOff(request.address) }
    }
}
