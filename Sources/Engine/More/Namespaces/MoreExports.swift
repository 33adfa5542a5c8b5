// Further names that a program uses of the modules underneath, so that `import Engine` is enough.
// Next: SocketIO/Exports.swift.

import DeflateWire
import EngineSockets
import HTTPWire
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
