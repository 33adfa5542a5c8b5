// The names that a program uses of the modules below, so that `import SocketIOClient` is enough.

import DeflateWire
@_exported import SocketIOEvents
import WebSocketDeflate

/// How messages over WebSocket are compressed.
public typealias PerMessageDeflate = WebSocketDeflate.PerMessageDeflate
/// How hard to look for what was sent before.
public typealias DeflateLevel = DeflateWire.DeflateLevel
