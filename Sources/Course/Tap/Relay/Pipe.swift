// One way of a relayed connection. Bytes, the end and a reset pass in the order in which they came,
// at once, or when the weather lets them. Nothing piles up: what waits is bounded, and then the
// source is not read until the sink has taken it. In: what a stream tells. Out: writes to another.
// Next: RelayedConnection.swift; Sources/Sockets/More/StreamEnds.swift.

import EngineSockets

/// Copies from one stream to another.
final class Pipe: TCPStreamDelegate {
    private enum Item {
        case bytes(ArraySlice<UInt8>)
        case end, reset
    }

    /// When more bytes wait here, the source is not read.
    private static let mostWaiting = 262_144
    /// A visitor that reads slowly gets its bytes in so many pieces a second.
    private static let piecesPerSecond = 20

    let way: Way
    let source: TCPStream
    private let sink: TCPStream
    /// It has this pipe, and lets it go when both streams are closed.
    private let connection: RelayedConnection
    private var waiting: [(due: Int, item: Item)] = []
    private var waitingCount = 0
    private var lastDue = 0
    private var hasTimer = false
    private var endsWhenDrained = false
    /// Whether the source sends no more.
    private(set) var hasEnded = false
    /// Whether the sink has been told that nothing follows.
    private(set) var hasPassedEnd = false

    init(_ way: Way, from source: TCPStream, to sink: TCPStream, of connection: RelayedConnection) {
        self.way = way
        self.source = source
        self.sink = sink
        self.connection = connection
        // How much may wait is decided here.
        sink.unreadLimit = .max
        source.delegate = self
    }

    // MARK: - What the source tells

    func received(_ bytes: ArraySlice<UInt8>) { pass(connection.pass(Array(bytes), way)) }

    func receivedEnd() {
        hasEnded = true
        pass(connection.ends(way))
        pass(.end)
    }

    func drained() { connection.drained(self) }
    func closed(_ reason: TCPCloseReason) { connection.closed(self, reason) }

    // MARK: - Passing on

    private func pass(_ bytes: [UInt8]) {
        guard let rate = connection.weather.readingRate, way == .toVisitor else {
            if !bytes.isEmpty { pass(.bytes(bytes[...])) }
            return
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(max(1, rate / Self.piecesPerSecond))
            rest = rest.dropFirst(piece.count)
            pass(.bytes(piece), taking: piece.count * 1_000 / max(1, rate))
        }
    }

    func passReset() {
        hasEnded = true
        pass(.reset)
    }

    private func pass(_ item: Item, taking time: Int = 0) {
        let now = monotonicMilliseconds()
        lastDue = max(now + connection.weather.delay(way), lastDue) + time
        waiting.append((lastDue, item))
        if case .bytes(let bytes) = item { waitingCount += bytes.count }
        run()
    }

    /// Sends on what is due, and reads as long as there is room.
    func run() {
        let now = monotonicMilliseconds()
        while !connection.weather.isHeld, let first = waiting.first, first.due <= now {
            waiting.removeFirst()
            send(first.item)
        }
        updateReading()
        guard !connection.weather.isHeld, let first = waiting.first, !hasTimer else { return }
        hasTimer = true
        EventLoop.shared.after(first.due - now) { [weak self] in
            self?.hasTimer = false
            self?.run()
        }
    }

    private func send(_ item: Item) {
        switch item {
        case .bytes(let bytes):
            waitingCount -= bytes.count
            sink.write(Array(bytes))
        case .end:
            endsWhenDrained = true
            if sink.queuedByteCount == 0 { sinkDrained() } else { sink.tellsWhenDrained = true }
        case .reset:
            sink.reset()
        }
    }

    /// The sink's peer has taken what was written.
    func sinkDrained() {
        if endsWhenDrained, !hasPassedEnd {
            hasPassedEnd = true
            sink.endWriting()
            connection.finishIfEnded()
        }
        updateReading()
    }

    /// A stream that we send no more to is read on: paused, its end would hide what came before
    /// it (the system tells of both at once).
    private func updateReading() {
        guard !hasEnded else { return }
        let hasRoom = waitingCount + sink.queuedByteCount <= Self.mostWaiting
        if !hasRoom { sink.tellsWhenDrained = true }
        let isEnding = connection.other(than: self)?.hasPassedEnd == true
        if !connection.weather.isHeld, hasRoom || isEnding {
            source.resumeReading()
        } else {
            source.pauseReading()
        }
    }
}
