// `app.metrics()`: figures for Prometheus at /metrics. In: what an observer sees. Out: a page of
// text. Spec: Prometheus "Text-based format", version 0.0.4. Next: ServerObserver.swift,
// ServerFigures.swift, MetricsPage.swift.

import EngineSockets

extension App {
    /// Answers `GET path` with figures in Prometheus' text format. From then on events are counted.
    /// Each client that can reach the path sees them: `allow` decides about each request. Unless it
    /// is given, only clients of this machine are answered, and no request that a proxy says it has
    /// passed on (`X-Forwarded-For`, `Forwarded`). Others get 404. A proxy on this machine that
    /// sets neither field makes every client seem to be of this machine.
    public func metrics(
        _ path: String = "/metrics", allow: (@MainActor (Request) -> Bool)? = nil
    ) {
        let metrics = Metrics()
        observe(with: metrics)
        get(path) { [unowned self] request in
            guard allow?(request) ?? request.isOfThisMachine else { return .status(.notFound) }
            let page = MetricsPage.text(metrics, figures)
            return .bytes(
                Array(page.utf8), type: "text/plain; version=0.0.4; charset=utf-8")
        }
    }
}

extension Request {
    /// Whether it comes from this machine, and not through a proxy that says so.
    var isOfThisMachine: Bool {
        let fields = head.fields
        return (peer.isLoopback || peer.isUnix)
            && fields["X-Forwarded-For"] == nil && fields["Forwarded"] == nil
    }
}

/// Counts what happens.
final class Metrics: ServerObserver {
    /// Seconds, as Prometheus draws its buckets.
    static let buckets = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10]
    /// Names of events, and of namespaces, that are counted by themselves; others are "other".
    /// Clients choose the names of dynamic namespaces, and of events where a catch-all listens.
    private static let mostNames = 200
    private static let longestName = 200

    /// The name under which something is counted beside these.
    private static func label(_ name: String, beside known: some Collection<String>) -> String {
        if known.contains(name) { return name }
        return known.count < mostNames && name.utf8.count <= longestName ? name : "other"
    }

    /// The times that the handlers of one event have taken.
    struct Times {
        /// How many took no longer than each of `buckets`, and then all.
        var counts = [Int](repeating: 0, count: Metrics.buckets.count + 1)
        var sum = 0.0
        var failures = 0
    }

    private(set) var connections: [String: Int] = [:]
    private(set) var disconnections: [DisconnectReason: Int] = [:]
    private(set) var events: [String: Times] = [:]
    private(set) var refusals: [Refusal: Int] = [:]
    private(set) var cutOffs = 0
    private(set) var loopLag = 0.0
    private(set) var longestLag = 0.0

    func connected(_ socket: Socket) {
        let label = Self.label(socket.namespace.name, beside: connections.keys)
        connections[label, default: 0] += 1
    }

    func disconnected(_ socket: Socket, _ reason: DisconnectReason, detail: String?) {
        disconnections[reason, default: 0] += 1
    }

    func eventEnded(_ event: String, _ socket: Socket, time: Duration, failed: Bool) {
        let label = Self.label(event, beside: events.keys)
        let seconds = time / .seconds(1)
        var times = events[label] ?? Times()
        for (index, bucket) in Self.buckets.enumerated() where seconds <= bucket {
            times.counts[index] += 1
        }
        times.counts[Self.buckets.count] += 1
        times.sum += seconds
        if failed { times.failures += 1 }
        events[label] = times
    }

    func cutOff(_ address: String) { cutOffs += 1 }

    func refused(_ refusal: Refusal, _ address: String) { refusals[refusal, default: 0] += 1 }

    func measured(_ figures: ServerFigures, loopLag lag: Duration) {
        loopLag = lag / .seconds(1)
        longestLag = max(longestLag, loopLag)
    }
}
