// Further names that a program uses of the modules underneath, so that `import Engine` is enough.
// Next: SocketIO/Exports.swift.

import HTTPWire
import SocketIOEvents
import WebSocketWire

/// Why an acknowledgement did not come.
public typealias AckError = SocketIOEvents.AckError
/// The arguments of an event, undecoded.
public typealias Arguments = SocketIOEvents.Arguments
/// What an event can be sent to: a socket, a choice of sockets, a namespace, a server.
public typealias EventTarget = SocketIOEvents.EventTarget
/// What events come from: a socket.
public typealias EventSource = SocketIOEvents.EventSource
/// Fields (headers) of a request or a response.
public typealias HTTPFields = HTTPWire.HTTPFields
/// Why a WebSocket is closed.
public typealias CloseCode = WebSocketWire.CloseCode
/// Anything that JSON can say: `["name": "Ana", "age": 7]`.
public typealias JSON = SocketIOEvents.JSON
/// A handler that was set.
public typealias Listener = SocketIOEvents.Listener
/// An event that is encoded.
public typealias OutgoingEvent = SocketIOEvents.OutgoingEvent
