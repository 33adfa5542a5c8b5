// The names that a program uses of the modules underneath, so that `import SocketIOClient` is enough.

import SocketIOEvents

/// Answers an event.
public typealias Ack = SocketIOEvents.Ack
/// Why an acknowledgement did not come.
public typealias AckError = SocketIOEvents.AckError
/// The arguments of an event, undecoded.
public typealias Arguments = SocketIOEvents.Arguments
/// Anything that JSON can say.
public typealias JSON = SocketIOEvents.JSON
/// A handler that was set.
public typealias Listener = SocketIOEvents.Listener
