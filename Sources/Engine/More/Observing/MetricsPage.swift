// The page of figures. In: counters, figures. Out: lines of Prometheus' text format.
// Next: Metrics.swift.

import EngineSockets

/// Writes figures as Prometheus reads them.
struct MetricsPage {
    private var text = ""

    static func text(_ metrics: Metrics, _ figures: ServerFigures) -> String {
        var page = MetricsPage()
        page.add(figures)
        page.add(metrics)
        page.addProcess()
        return page.text
    }

    private typealias Sample = (labels: String, value: String)

    private mutating func add(_ figures: ServerFigures) {
        gauge(
            "socketio_sockets", "Sockets that are connected, by namespace.",
            figures.sockets.map {
                ("namespace=\(Self.quoted($0.key))", "\($0.value)")
            })
        gauge(
            "socketio_sessions", "Sessions of Engine.IO, by transport.",
            [
                ("transport=\"polling\"", "\(figures.pollingSessions)"),
                ("transport=\"websocket\"", "\(figures.webSocketSessions)"),
            ])
        gauge("http_connections", "Connections that speak HTTP.", figures.httpConnections)
        gauge("websocket_connections", "WebSockets, bare ones too.", figures.webSockets)
        gauge("queued_bytes", "Bytes that wait for clients.", figures.queuedBytes)
        gauge("longest_queue_bytes", "Bytes that wait for one client.", figures.longestQueue)
        gauge("handlers_under_way", "Async handlers and routes.", figures.handlersUnderWay)
        counter("read_bytes_total", "Bytes read, of all connections.", figures.bytesRead)
        counter("written_bytes_total", "Bytes written.", figures.bytesWritten)
    }

    private mutating func add(_ metrics: Metrics) {
        counter(
            "socketio_connections_total", "Sockets that have joined.",
            metrics.connections.map {
                ("namespace=\(Self.quoted($0.key))", "\($0.value)")
            })
        counter(
            "socketio_disconnections_total", "Sockets that have left, by reason.",
            DisconnectReason.allCases.map {
                ("reason=\(Self.quoted($0.rawValue))", "\(metrics.disconnections[$0] ?? 0)")
            })
        counter(
            "refused_total", "Who was not let in, and why.",
            Refusal.allCases.map {
                ("reason=\(Self.quoted($0.rawValue))", "\(metrics.refusals[$0] ?? 0)")
            })
        counter("cut_off_total", "Clients that read too slowly.", metrics.cutOffs)
        gauge(
            "loop_lag_seconds", "How late the loop was, this second.", [("", "\(metrics.loopLag)")])
        gauge("loop_lag_max_seconds", "The most since the start.", [("", "\(metrics.longestLag)")])
        counter(
            "socketio_handler_errors_total", "Handlers that failed.",
            metrics.events.map {
                ("event=\(Self.quoted($0.key))", "\($0.value.failures)")
            })
        var samples: [Sample] = []
        for (event, times) in metrics.events {
            let label = "event=\(Self.quoted(event))"
            let bounds = Metrics.buckets.map { "\($0)" } + ["+Inf"]
            for (bound, count) in zip(bounds, times.counts) {
                samples.append(("_bucket{\(label),le=\"\(bound)\"}", "\(count)"))
            }
            samples.append(("_sum{\(label)}", "\(times.sum)"))
            samples.append(("_count{\(label)}", "\(times.counts.last ?? 0)"))
        }
        let name = "socketio_handler_seconds"
        head(name, "histogram", "From an event to the end of its last handler.")
        for sample in samples { text += "\(name)\(sample.labels) \(sample.value)\n" }
    }

    /// Of the process itself, as far as the system tells.
    private mutating func addProcess() {
        guard let process = ProcessFigures.now else { return }
        counter("process_cpu_seconds_total", "Processor time.", [("", "\(process.cpuSeconds)")])
        gauge("process_resident_memory_bytes", "Memory.", process.residentBytes)
        gauge("process_open_fds", "Open descriptors.", process.openDescriptors)
    }

    // MARK: - Lines

    private mutating func head(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func lines(_ name: String, _ samples: [Sample]) {
        for sample in samples.sorted(by: { $0.labels < $1.labels }) {
            let labels = sample.labels.isEmpty ? "" : "{\(sample.labels)}"
            text += "\(name)\(labels) \(sample.value)\n"
        }
    }

    private mutating func gauge(_ name: String, _ help: String, _ samples: [Sample]) {
        head(name, "gauge", help)
        lines(name, samples)
    }

    private mutating func gauge(_ name: String, _ help: String, _ value: Int) {
        gauge(name, help, [("", "\(value)")])
    }

    private mutating func counter(_ name: String, _ help: String, _ samples: [Sample]) {
        head(name, "counter", help)
        lines(name, samples)
    }

    private mutating func counter(_ name: String, _ help: String, _ value: Int) {
        counter(name, help, [("", "\(value)")])
    }

    /// A label's value: a line break or a quote in it would end it. By scalars: "\r\n" is one
    /// Character, and so is a quote with an accent.
    private static func quoted(_ value: String) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return "\"\(escaped)\""
    }
}
