// Further names that a program uses of the modules underneath, so that `import Engine` is enough.
// Those of SocketIOEvents are exported already: here they get their places in the documentation.
// Next: SocketIO/Exports.swift.

import DeflateWire
import EngineSockets
import HTTPWire
import SocketIOEvents
import SocketIOWire
import WebSocketDeflate
import WebSocketWire

/// The request line and the fields of a request: `Request.head`.
public typealias HTTPRequestHead = HTTPWire.HTTPRequestHead
/// A status code, `.notFound` or `404`, with the phrase that goes with it.
public typealias Status = HTTPStatus
/// How much a client may send in a request: `App.httpLimits`.
public typealias HTTPLimits = HTTPWire.HTTPLimits
/// Fields (headers) of a request or a response.
public typealias HTTPFields = HTTPWire.HTTPFields
/// Why a WebSocket is closed.
public typealias CloseCode = WebSocketWire.CloseCode
/// The engine's log: `Log.sink`.
public typealias Log = EngineSockets.Log
/// One line of the log.
public typealias LogEntry = EngineSockets.LogEntry
/// How much a line of the log matters.
public typealias LogLevel = EngineSockets.LogLevel
/// An argument that is not what a handler asks for; `onHandlerError` gets it.
public typealias ArgumentMismatch = SocketIOWire.ArgumentMismatch
/// How messages over WebSocket are compressed.
public typealias PerMessageDeflate = WebSocketDeflate.PerMessageDeflate
/// How hard to look for what was sent before.
public typealias DeflateLevel = DeflateWire.DeflateLevel
/// Answers an event: the last parameter of a handler that answers when it likes.
public typealias Ack = SocketIOEvents.Ack
/// Why an acknowledgement did not come.
public typealias AckError = SocketIOEvents.AckError
/// The arguments of an event, undecoded.
public typealias Arguments = SocketIOEvents.Arguments
/// What an event can be sent to: a socket, a choice of sockets, a namespace, a server.
public typealias EventTarget = SocketIOEvents.EventTarget
/// What events come from: a socket.
public typealias EventSource = SocketIOEvents.EventSource
/// What is special about one event: `Peer.deliver` gets it.
public typealias EmitFlags = SocketIOEvents.EmitFlags
/// A socket that can be asked something.
public typealias Peer = SocketIOEvents.Peer
/// A socket, with what is special about the next event.
public typealias PeerEmitter = SocketIOEvents.PeerEmitter
/// The handlers of a socket.
public typealias Listeners = SocketIOEvents.Listeners
/// The handlers of a socket that hear all events.
public typealias CatchAll = SocketIOEvents.CatchAll
/// What has handlers for all events: a socket.
public typealias CatchAllSource = SocketIOEvents.CatchAllSource
/// How the async handlers of a socket's events follow each other.
public typealias HandlerOrder = SocketIOEvents.HandlerOrder
/// Anything that JSON can say: `["name": "Ana", "age": 7]`.
public typealias JSON = SocketIOEvents.JSON
/// A handler that was set.
public typealias Listener = SocketIOEvents.Listener
/// An event that is encoded.
public typealias OutgoingEvent = SocketIOEvents.OutgoingEvent
