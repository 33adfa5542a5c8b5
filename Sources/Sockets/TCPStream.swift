// One TCP connection. Reading: the loop says "ready", the bytes go to the delegate at once.
// Writing: into the queue, and out with everything else at the end of the turn.
// In: readiness, bytes to send. Out: received bytes, and exactly once the reason of the end.
// Next: OutgoingQueue.swift below it, Engine/HTTP/HTTPConnection.swift above it.

import Foundation

/// A connected, non-blocking TCP connection.
package final class TCPStream: DescriptorWatcher, Flushable {
    /// A peer that takes nothing is cut off when more than so many bytes have been added since it
    /// last took something: it reads too slowly, and nothing shall wait for it.
    package static let defaultUnreadLimit = 1_048_576

    /// After the last byte went out, so long (milliseconds) we wait for the peer to close: data
    /// that meets a closed socket makes the peer lose our last words.
    private static let lingerTime = 2_000

    /// So long (milliseconds) a peer has to take what was written before we closed.
    private static let finishingTime = 30_000

    package let peer: SocketAddress
    /// Gets what arrives. Held while the connection is open: it lives as long as that.
    @exclusivity(unchecked) package var delegate: (any TCPStreamDelegate)?
    /// Over so many waiting bytes, after an attempt to write them, the peer is cut off however
    /// fast it reads. Counted before a message is added, so that a single one may be larger.
    @exclusivity(unchecked) package var queueLimit = 67_108_864
    /// See `defaultUnreadLimit`.
    package var unreadLimit = TCPStream.defaultUnreadLimit
    /// Called once at the end, beside the delegate: to count connections.
    package var whenClosed: ((SocketAddress) -> Void)?
    /// Set by a delegate that goes on only when the peer has taken what is queued.
    @exclusivity(unchecked) package var tellsWhenDrained = false

    private enum State: Equatable {
        /// Connecting, or connected.
        case open
        /// Closing once everything is written; the flag: whether to wait for the peer then.
        case finishing(lingers: Bool)
        /// Everything is written and said to be the end; what still arrives is thrown away.
        case draining
        case closed
    }
    private var state: State = .open
    let descriptor: Int32
    private let loop: EventLoop = .shared
    @exclusivity(unchecked) private var queue = OutgoingQueue()
    private var interest: Readiness
    private var wantsToRead = true
    private var isConnecting: Bool
    private var isDirty = false
    /// How many bytes waited when the peer last took some, and at the end of the last flush.
    private var leftByPeer = 0
    private var leftByFlush = 0
    private var hasTimer = false

    /// Takes over a descriptor that is connected, or (then it waits for room to write) connecting.
    init(descriptor: Int32, peer: SocketAddress, isConnecting: Bool = false) throws {
        self.descriptor = descriptor
        self.peer = peer
        self.isConnecting = isConnecting
        interest = isConnecting ? [.read, .write] : .read
        try loop.watch(descriptor, for: interest, self)
    }
    nonisolated deinit {}  // See Ack.

    /// How many bytes wait to be written.
    package var queuedByteCount: Int { queue.byteCount }

    /// Whether the system has no room for more at the moment: the peer reads slower than we write.
    package var isBacklogged: Bool { !isConnecting && interest.contains(.write) }

    /// Whether it can still be written to.
    package var isOpen: Bool { if case .open = state { true } else { false } }

    // MARK: - Writing

    /// Queues bytes for the flush at the end of this turn. After the end: no effect.
    package func write(_ bytes: [UInt8]) {
        guard isOpen else { return }
        if queue.byteCount > queueLimit, !makeRoom() { return }
        queue.append(bytes)
        requestFlush()
    }

    /// A burst within one turn is no slowness yet: the system gets its chance before the verdict.
    private func makeRoom() -> Bool {
        if !queue.write(to: descriptor, gathering: loop.gatherBuffer) {
            end(.failed(code: errno))
        } else if queue.byteCount > queueLimit {
            end(.tooSlow)
        }
        return isOpen
    }

    private func requestFlush() {
        guard !isDirty else { return }
        isDirty = true
        loop.flushLater(self)
    }

    package func flush() {
        isDirty = false
        // A connection that is being made becomes writable when it is.
        if state == .closed || isConnecting { return }
        let waiting = queue.byteCount
        guard queue.write(to: descriptor, gathering: loop.gatherBuffer) else {
            return end(.failed(code: errno))
        }
        loop.bytesWritten &+= waiting - queue.byteCount
        guard isReading(waiting) else { return end(.tooSlow) }
        if case .finishing(let lingers) = state {
            if queue.isEmpty { finished(lingers: lingers) } else { abortAfter(Self.finishingTime) }
        }
        updateInterest()
        guard tellsWhenDrained, queue.isEmpty, isOpen else { return }
        tellsWhenDrained = false
        delegate?.drained()
    }

    /// Whether the peer still takes what is written. What the turn that ends here has added is no
    /// sign of a slow peer: it had no chance to take it.
    private func isReading(_ waiting: Int) -> Bool {
        defer { leftByFlush = queue.byteCount }
        if queue.byteCount == 0 || queue.byteCount < waiting {
            leftByPeer = queue.byteCount
            return true
        }
        return leftByFlush - leftByPeer <= unreadLimit
    }

    /// No peer holds a connection open for ever by not reading what we have said last.
    private func abortAfter(_ milliseconds: Int) {
        guard !hasTimer else { return }
        hasTimer = true
        loop.after(milliseconds) { [weak self] in self?.abort() }
    }

    // MARK: - Reading

    package func ready(_ readiness: Readiness) {
        if readiness.contains(.write) {
            isConnecting = false
            flush()
        }
        if wantsToRead {
            if readiness.contains(.read) { receive() }
        } else if readiness.contains(.hangUp) {
            // It would be reported again in every turn, and there is nothing left to wait for.
            end(.closedByPeer)
        }
    }

    private func receive() {
        if state == .closed { return }
        let count = EngineSockets.receive(descriptor, into: &loop.readBuffer)
        if count > 0 {
            loop.bytesRead &+= count
            if state == .draining { return }
            delegate?.received(loop.readBuffer[..<count])
        } else if count == 0 {
            receivedEnd()
        } else if errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR {
            end(.failed(code: errno))
        }
    }

    private func receivedEnd() {
        wantsToRead = false
        if state == .draining { return end(.closedHere) }
        updateInterest()
        delegate?.receivedEnd()
    }

    /// Stops reading until `resumeReading`: the peer is slowed down by TCP itself.
    package func pauseReading() {
        guard wantsToRead else { return }
        wantsToRead = false
        updateInterest()
    }

    /// Reads again. Called after each answer, and mostly there is nothing to change; to ask the
    /// poller then would register for writing what the end of the turn writes anyhow.
    package func resumeReading() {
        guard !wantsToRead else { return }
        wantsToRead = true
        updateInterest()
    }

    // MARK: - The end

    /// Writes what is queued, then closes. `lingers` when the peer may still be sending (we refuse
    /// its request half-way): then it gets time to read our answer before the line is cut.
    package func close(lingers: Bool) {
        guard isOpen else { return }
        state = .finishing(lingers: lingers)
        requestFlush()
    }

    /// Closes now; what is queued is lost.
    package func abort() { end(.closedHere) }

    private func finished(lingers: Bool) {
        guard lingers else { return end(.closedHere) }
        state = .draining
        _ = shutdown(descriptor, Int32(SHUT_WR))
        wantsToRead = true
        hasTimer = false
        abortAfter(Self.lingerTime)
    }

    /// The delegate hears of it after the turn: it may be in the middle of a broadcast now.
    private func end(_ reason: TCPCloseReason) {
        if state == .closed { return }
        state = .closed
        queue = OutgoingQueue()
        loop.forget(descriptor)
        loop.runLater { [self] in
            systemClose(descriptor)
            delegate?.closed(reason)
            whenClosed?(peer)
            whenClosed = nil
            delegate = nil
        }
    }

    private func updateInterest() {
        if state == .closed { return }
        var wanted: Readiness = wantsToRead ? .read : []
        if isConnecting || !queue.isEmpty { wanted.insert(.write) }
        guard wanted != interest else { return }
        interest = wanted
        do {
            try loop.poller.watch(descriptor, for: wanted)
        } catch {
            end(.failed(code: errno))
        }
    }
}
