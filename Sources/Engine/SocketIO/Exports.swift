// The names that a program uses of the modules underneath, so that `import Engine` is enough.

import Sockets
import SocketIOEvents

/// Answers an event.
public typealias Ack = SocketIOEvents.Ack
/// Why an acknowledgement did not come.
public typealias AckError = SocketIOEvents.AckError
/// The arguments of an event, undecoded.
public typealias Arguments = SocketIOEvents.Arguments
/// Whomever an event can be sent to.
public typealias EventTarget = SocketIOEvents.EventTarget
/// Anything that JSON can say.
public typealias JSON = SocketIOEvents.JSON
/// A handler that was set.
public typealias Listener = SocketIOEvents.Listener
/// An event that is encoded.
public typealias OutgoingEvent = SocketIOEvents.OutgoingEvent
