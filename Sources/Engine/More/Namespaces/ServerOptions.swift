// Options that no stage needs. In: a program's wishes. Out: the same, for the hooks of More that
// carry them out. Next: EngineIO/EngineIOOptions.swift for the others.

import WebSocketDeflate

/// Options that the core does not know.
private struct FurtherOptions {
    var cors: (any CrossOriginPolicy)?
    var packetsPerSecond: Int?
    var logsUnheardEvents = true
    var allowRequest: (@MainActor (Request) async throws -> Bool)?
    var allowEIO3 = false
    var perMessageDeflate: PerMessageDeflate?
    var httpCompression: HTTPCompression? = HTTPCompression()
    var roomsPerSocket = 10_000
    var bytesPerRoomName = 1_024
}

extension SocketServerOptions {
    private var further: FurtherOptions {
        get { extras.flatMap { $0 as? FurtherOptions } ?? FurtherOptions() }
        set { extras = newValue }
    }

    /// Which other sites' pages may connect, over polling and WebSocket; nil: none. (The reference
    /// lets any page open a WebSocket.)
    public var cors: (any CrossOriginPolicy)? {
        get { further.cors }
        set { further.cors = newValue }
    }

    /// Packets that a client may send in a second; over it the connection is closed. Nil: no limit.
    public var packetsPerSecond: Int? {
        get { further.packetsPerSecond }
        set { further.packetsPerSecond = newValue }
    }

    /// Rooms that a socket may be in: handlers often join what a client names.
    public var roomsPerSocket: Int {
        get { further.roomsPerSocket }
        set { further.roomsPerSocket = newValue }
    }

    /// Bytes that the name of a room may have. A name is kept as long as a socket is in the room.
    public var bytesPerRoomName: Int {
        get { further.bytesPerRoomName }
        set { further.bytesPerRoomName = newValue }
    }

    /// Whether an event that no handler listens to leaves a line in the log: once for each name and
    /// socket, and few in a minute.
    public var logsUnheardEvents: Bool {
        get { further.logsUnheardEvents }
        set { further.logsUnheardEvents = newValue }
    }

    /// Asked about each request that wants to open a connection. False, or an error, refuses it
    /// with 403.
    public var allowRequest: (@MainActor (Request) async throws -> Bool)? {
        get { further.allowRequest }
        set { further.allowRequest = newValue }
    }

    /// Whether clients of Socket.IO 2 may connect too, beside those of today; false unless told.
    /// Their pages name no version, or `EIO=3`.
    ///
    /// They are in the main namespace without asking, and a query behind a namespace's name arrives
    /// as `handshake.auth`. JSONP is not supported (`j=` in the query, code 5). Such a client
    /// computes its `socket.id` from the session's id, which is a secret here; so it is another
    /// than the `socket.id` that the server knows it by.
    public var allowEIO3: Bool {
        get { further.allowEIO3 }
        set { further.allowEIO3 = newValue }
    }

    /// Whether messages over WebSocket are compressed, where the client can do it; nil, the
    /// default: they are not. What an attacker can add to messages that hold secrets must not be
    /// compressed: see SECURITY.md. A single event goes as it is by `socket.compress(false)`.
    public var perMessageDeflate: PerMessageDeflate? {
        get { further.perMessageDeflate }
        set { further.perMessageDeflate = newValue }
    }

    /// How answers to polls are compressed, and the browser client; nil: they are not.
    public var httpCompression: HTTPCompression? {
        get { further.httpCompression }
        set { further.httpCompression = newValue }
    }
}
