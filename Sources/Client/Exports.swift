// The names that a program uses of the modules below, so that `import SocketIOClient` is enough.
// Those of SocketIOEvents are exported as a whole (see Engine/SocketIO/Exports.swift for the
// reason), and named here for the documentation.

import DeflateWire
@_exported import SocketIOEvents
import WebSocketDeflate

/// Acknowledges an event: a handler takes it as its last argument, and calls it with the values.
public typealias Ack = SocketIOEvents.Ack
/// Why an acknowledgement failed: the time limit, the end of the connection, or its type.
public typealias AckError = SocketIOEvents.AckError
/// The arguments of an event, undecoded: `onArguments` gives them.
public typealias Arguments = SocketIOEvents.Arguments
/// A handler of all events, as `onAny` returns it: for `offAny`.
public typealias CatchAllListener = SocketIOEvents.CatchAllListener
/// Any JSON value, and binary data.
public typealias JSON = SocketIOEvents.JSON
/// A handler of one event, as `on` returns it: for `off`.
public typealias Listener = SocketIOEvents.Listener
/// How messages over WebSocket are compressed.
public typealias PerMessageDeflate = WebSocketDeflate.PerMessageDeflate
/// How hard to look for what was sent before.
public typealias DeflateLevel = DeflateWire.DeflateLevel
