// The names that a program uses of the modules underneath, so that `import Engine` is enough.
// Next: More/Namespaces/MoreExports.swift for the others.

import SocketIOEvents

/// Answers an event: the last parameter of a handler that answers when it likes.
public typealias Ack = SocketIOEvents.Ack
