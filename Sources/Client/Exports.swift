// The names that a program uses of the modules underneath, so that `import SocketIOClient` is enough.

import SocketIOEvents

/// Answers an event.
public typealias Ack = SocketIOEvents.Ack
/// Why an acknowledgement did not come.
public typealias AckError = SocketIOEvents.AckError
/// The arguments of an event, undecoded.
public typealias Arguments = SocketIOEvents.Arguments
/// A handler of all events that was set.
public typealias CatchAllListener = SocketIOEvents.CatchAllListener
/// Anything that JSON can say.
public typealias JSON = SocketIOEvents.JSON
/// A handler that was set.
public typealias Listener = SocketIOEvents.Listener
