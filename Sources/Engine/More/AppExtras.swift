// What More keeps with an app: limits, and what is set about bare WebSockets. In: an app. Out:
// both, made when one of them is used first. Next: Access/ConnectionLimits.swift,
// BareWebSocket/BareWebSockets.swift.

/// What More keeps with an app.
final class AppExtras {
    /// Counts connections, from the moment on in which a limit is set.
    var counter: ConnectionCounter?
    let webSockets = BareWebSockets()
}

extension App {
    /// What More keeps with it, from the first use on.
    var more: AppExtras {
        if let extras = extras as? AppExtras { return extras }
        let extras = AppExtras()
        self.extras = extras
        return extras
    }
}
