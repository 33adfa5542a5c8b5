// `try await app.serve(port: 3000)`: a program whose main is async, a service among others, a test.
// In: where to listen. Out: it returns when its task is cancelled, or at a signal, and all is
// closed in order. Next: ListenAddress.swift, Draining.swift;
// Sources/Sockets/More/LoopHolding.swift, which makes it as fast as `run`.

import EngineSockets

extension App {
    /// Listens on a host and a port, as `listen` does, and serves until the task is cancelled or,
    /// by `signals`, SIGINT or SIGTERM comes. Then it closes in order, within `shutdownTime`, and
    /// returns. `onListening` gets the port, once; unless told, a line is printed. Throws what
    /// `listen` throws.
    public func serve(
        host: String? = nil, port: Int = 3_000, signals: Bool = true,
        onListening: (@MainActor (Int) -> Void)? = nil
    ) async throws {
        let port = try listen(port: port, host: host)
        let name = host.map { $0.contains(":") ? "[\($0)]" : $0 } ?? "localhost"
        try await serve(signals: signals) {
            if let onListening { return onListening(port) }
            print("listening on http://\(name):\(port)")
            listens(on: host)
        }
    }

    /// The same, at addresses of any kind. `onListening` gets the port of the first, 0 if it has
    /// none.
    public func serve(
        on addresses: [ListenAddress], signals: Bool = true,
        onListening: (@MainActor (Int) -> Void)? = nil
    ) async throws {
        for address in addresses { try listen(on: address) }
        try await serve(signals: signals) {
            if let onListening { return onListening(port ?? 0) }
            print("listening on \(addresses.map(\.description).joined(separator: ", "))")
        }
    }

    private func serve(signals: Bool, _ announce: () -> Void) async throws {
        let stop = Stop()
        let number = signals ? try EventLoop.shared.addSignalHandler { stop.now() } : nil
        EventLoop.shared.beginHolding()
        announce()
        await stop.wait()
        EventLoop.shared.endHolding()
        await close(draining: shutdownTime)
        if let number { EventLoop.shared.removeSignalHandler(number) }
    }

    /// In a container the whole world seems to be this machine: a line says so.
    func listens(on host: String?) {
        guard host == nil, isInContainer else { return }
        Log.write(
            "this is a container, and only programs in it can connect: --host 0.0.0.0, or "
                + "listen(on: .allInterfaces(port:)), lets others in", .info, [:])
    }
}

/// Whether the process is in a container, as far as one can see.
private var isInContainer: Bool {
    ["/.dockerenv", "/run/.containerenv"].contains(where: fileExists)
}

/// The moment at which a server shall end.
private final class Stop {
    private var continuation: CheckedContinuation<Void, Never>?
    private var hasCome = false

    func now() {
        hasCome = true
        continuation.take()?.resume()
    }

    /// Until `now` is called, or the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if hasCome || Task.isCancelled { return continuation.resume() }
                self.continuation = continuation
            }
        } onCancel: {
            Task { @MainActor in self.now() }
        }
    }
}
