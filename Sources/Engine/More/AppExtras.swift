// What More keeps with an app: limits, and what is set about bare WebSockets. In: an app. Out:
// both, made when one of them is used first. Next: Access/ConnectionLimits.swift,
// BareWebSocket/BareWebSockets.swift.

import SocketIOEvents

/// What More keeps with an app.
final class AppExtras {
    /// Counts connections, from the moment on in which a limit is set.
    var counter: ConnectionCounter?
    let webSockets = BareWebSockets()
    /// Handlers, routes and the like with awaits, as far as they are under way.
    let work = WorkCounter()
    /// See Ending/Draining.swift.
    var ending = Ending()
    /// See Observing/ServerObserver.swift.
    var observers: Observers?
    /// See Access/TrustedProxies.swift.
    var proxies: TrustedProxies?
    /// See Requests/RouteMiddleware.swift and Requests/PathParameters.swift.
    var routing = Routing()
    /// See Ending/Closing.swift.
    var closeTime = 500
    var isClosed = false
    /// What else ends with the app, after its connections.
    var whenClosed: [() async -> Void] = []
    /// See Access/AllowedHosts.swift and Access/HostCheck.swift.
    var allowedHosts: [String] = []
    var hostCheck = HostCheck()
    /// See Compression/CodedPages.swift.
    var httpCompression: HTTPCompression? = HTTPCompression()
}

extension App {
    /// All connections are closed: what else has to end before `close` returns.
    func closed() async {
        guard let extras = extras as? AppExtras else { return }
        await finish()
        let works = extras.whenClosed
        extras.whenClosed = []
        for work in works { await work() }
    }

    /// What More keeps with it, from the first use on.
    var more: AppExtras {
        if let extras = extras as? AppExtras { return extras }
        let extras = AppExtras()
        self.extras = extras
        return extras
    }
}
