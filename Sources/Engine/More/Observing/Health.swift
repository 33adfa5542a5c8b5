// `app.health()`: is it alive, may it get traffic? In: how the app is. Out: answers for a load
// balancer or an orchestrator. Next: More/Ending/Draining.swift.

import EngineSockets

extension App {
    /// Whether `/health` says "ready". True unless the program says otherwise, while it waits for a
    /// database, for example; from the beginning of the end on it counts as false.
    public var isReady: Bool {
        get { ((extras as? AppExtras)?.ending.isReady ?? true) && !isDraining && !isClosed }
        set { more.ending.isReady = newValue }
    }

    /// Answers `GET path` with 200 and `{"status":"ready"}`, or with 503 and "starting" or
    /// "draining": for what decides whether this process gets traffic. `path/live` is 200 as long
    /// as the process answers at all: for what starts it anew.
    public func health(_ path: String = "/health") {
        get(path) { [unowned self] _ in
            let status = isDraining ? "draining" : isReady ? "ready" : "starting"
            return .health(status, isReady ? .ok : .serviceUnavailable)
        }
        get("\(path)/live") { _ in .health("live", .ok) }
    }
}

extension Response {
    fileprivate static func health(_ status: String, _ code: Status) -> Response {
        var response = Response.bytes(
            Array("{\"status\":\"\(status)\"}\n".utf8), type: "application/json", code)
        response.fields.add("Cache-Control", "no-store")
        return response
    }
}
