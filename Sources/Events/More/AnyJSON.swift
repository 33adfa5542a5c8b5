// Data of any shape, for handlers that do not know beforehand what comes.
// Next: ../../Wire/SocketIO/More/JSON.swift.

import SocketIOWire

/// Anything that JSON can say; see `JSON`.
public typealias JSON = SocketIOWire.JSON
