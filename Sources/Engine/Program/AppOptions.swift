// What can be set about an app, beside what it keeps itself: names of hosts, and WebSockets.
// In: a program's wishes. Out: figures for those who carry them out. Next: App.swift,
// HostCheck.swift, WebSocketHeartbeat.swift.

import EngineSockets

extension App {
    /// Names that the server answers to, beside those of this machine (`localhost`, what ends in
    /// `.localhost`, 127.0.0.1, [::1]) and the one that it was told to listen on. Requests with
    /// another name in `Host` are refused with 403, so that no page can make a visitor's browser
    /// take this server for its own ("DNS rebinding"). `*.example.org` is every name below
    /// example.org, `*` any name at all; ports make no difference. While it is empty, a server that
    /// listens to the network, and not to this machine alone, answers to any name. Behind a proxy
    /// on the same machine the public name has to be named: `["chat.example.org"]`.
    public var allowedHosts: [String] {
        get { hostCheck.allowed }
        set {
            hostCheck.allowed = newValue
            for entry in newValue where entry != "*" && HostCheck.rule(entry) == nil {
                Log.write(
                    "allowedHosts: \"\(entry)\" is no name of a host; chat.example.org would be "
                        + "one, *.example.org is every name below, * is any")
            }
        }
    }

    /// The longest message, in bytes, of WebSockets that `webSocket` opens; 1 MB unless told.
    public var webSocketMessageLimit: Int {
        get { webSocketLimits.message }
        set { webSocketLimits.message = newValue }
    }
    /// Milliseconds from one ping to the next on WebSockets that `webSocket` opens, so that a peer
    /// that is gone is noticed; nil: none is sent. Counts for those that are opened from then on.
    public var webSocketPingInterval: Int? {
        get { webSocketHeartbeat.interval }
        set { webSocketHeartbeat.interval = newValue }
    }
    /// Milliseconds within which such a peer has to be heard after a ping. If it is not, its
    /// connection ends with code 1006 and the reason "ping timeout", and a line in the log.
    public var webSocketPingTimeout: Int {
        get { webSocketHeartbeat.timeout }
        set { webSocketHeartbeat.timeout = newValue }
    }
}
