// One TCP connection to Redis: commands go out in a row, answers come in the same order, and what
// was published comes between them. It does not come back: its end is told once, with the reason.
// In: requests. Out: their answers, push messages. Next: RedisGreeting.swift, Redis.swift.

import EngineBytes
import EngineSockets
import RESPWire

/// Hears what a connection has to tell.
protocol RedisConnectionDelegate: AnyObject {
    /// It is open, and Redis takes commands.
    func opened(_ connection: RedisConnection)
    /// Something was published on a channel that `name`, a channel or a pattern, stands for.
    func received(_ message: RedisMessage, by kind: RedisChannelKind, _ name: [UInt8])
    /// It has ended, and its requests will fail. Called once, unless it was closed here.
    func ended(_ connection: RedisConnection, _ reason: String)
}

final class RedisConnection: TCPStreamDelegate {
    weak var delegate: (any RedisConnectionDelegate)?
    let server: RedisURL
    let options: RedisOptions
    let timing: RedisTiming
    /// What Redis speaks; version 2 after a greeting that it did not know.
    var version: RESPEncoder.Version
    /// In version 2, subscriptions have a connection of their own, and what was published comes
    /// there in arrays; elsewhere the same array is an answer.
    private let isForSubscriptions: Bool
    private var addresses: ArraySlice<SocketAddress> = []
    private var stream: TCPStream?
    private var decoder = RESPDecoder()
    private var hasReceived = false
    private var isOver = false
    private var isGreeted = false
    /// Called when nothing is in flight any longer.
    private var whenIdle: (() -> Void)?

    /// Requests that were sent, in order, from `first` on, and the answers to the first one so far.
    private var sent: [RedisRequest] = []
    private var first = 0
    private var answers: [RESPValue] = []
    /// Since when the first one could have been answered.
    private var firstSince = 0
    private var lastHeard = 0

    init(
        _ server: RedisURL, _ options: RedisOptions, _ timing: RedisTiming,
        isForSubscriptions: Bool = false, _ delegate: any RedisConnectionDelegate
    ) {
        self.server = server
        self.options = options
        self.timing = timing
        self.isForSubscriptions = isForSubscriptions
        self.delegate = delegate
        version = options.usesRESP3 && !isForSubscriptions ? .resp3 : .resp2
    }

    // MARK: - Opening

    func open() {
        timing.after(options.connectTimeout) { [weak self] in
            guard let self, !self.isGreeted else { return }
            self.end("no answer to the greeting within \(self.options.connectTimeout) ms")
        }
        if let address = SocketAddress(literal: server.host) {
            addresses = [address.with(port: server.port)]
            return tryNext("no address")
        }
        // Looking up a name may take long: the system may ask a server for it.
        Task { [host = server.host, port = server.port] in
            let found = await Task.detached {
                Result { try SocketAddress.resolve(host, port: port) }
            }.value
            switch found {
            case .success(let addresses):
                self.addresses = addresses[...]
                self.tryNext("\(host) has no address")
            case .failure(let error): self.end("\(error)")
            }
        }
    }

    /// A name may have several addresses: one after the other.
    private func tryNext(_ problem: String) {
        guard !isOver else { return }
        guard let address = addresses.popFirst() else { return end(problem) }
        do {
            let stream = try TCPStream.connect(to: address)
            stream.delegate = self
            // Bounded by `waitingBytes`, with a reason that says so.
            stream.queueLimit = .max
            stream.unreadLimit = .max
            self.stream = stream
            sent = []
            first = 0
            decoder = RESPDecoder()
            greet { [weak self] problem in self?.greeted(problem) }
        } catch {
            tryNext("\(error)")
        }
    }

    private func greeted(_ problem: String?) {
        guard !isOver, !isGreeted else { return }
        if let problem { return end(problem) }
        isGreeted = true
        watch()
        delegate?.opened(self)
    }

    // MARK: - Sending

    /// How many bytes Redis has not taken yet.
    var queuedByteCount: Int { stream?.queuedByteCount ?? 0 }

    /// Sends a request behind all earlier ones.
    func send(_ request: RedisRequest) {
        guard !isOver, let stream else { return request.fail(notSent: "the connection has ended") }
        if first == sent.count { firstSince = timing.now() }
        sent.append(request)
        stream.write(request.bytes)
    }

    /// Closes once everything that was sent is answered, or after so many milliseconds.
    func close(timeout: Int, _ done: @escaping () -> Void) {
        delegate = nil
        guard !isOver else { return done() }
        let close = { [self] in
            whenIdle = nil
            end("the connection was closed by this program")
            done()
        }
        if first == sent.count || !isGreeted { return close() }
        whenIdle = close
        timing.after(timeout) { [weak self] in self?.whenIdle?() }
    }

    // MARK: - Time

    /// Ends the connection when an answer is late, and asks for a sign of life when all is quiet.
    private func watch() {
        guard !isOver else { return }
        let now = timing.now()
        var next = max(lastHeard, firstSince) + options.pingInterval
        if first < sent.count {
            let timeout = sent[first].answerTimeout ?? options.answerTimeout
            next = firstSince + timeout
            if next <= now {
                return end("no answer to \(sent[first].name) within \(timeout) ms")
            }
        } else if next <= now {
            send(.ping)
            next = now + options.answerTimeout
        }
        // A request that is sent meanwhile has a deadline of its own.
        timing.after(max(1, min(next - now, options.answerTimeout))) { [weak self] in
            self?.watch()
        }
    }

    // MARK: - Receiving

    func received(_ bytes: ArraySlice<UInt8>) {
        hasReceived = true
        lastHeard = timing.now()
        decoder.feed(bytes)
        do {
            while !isOver, let value = try decoder.next() { take(value) }
        } catch {
            end("\(error)")
        }
    }

    private func take(_ value: RESPValue) {
        if case .push(let elements) = value {
            // Other news, such as of a cache of keys, was not asked for.
            _ = takeMessage(elements)
            return
        }
        if isForSubscriptions, case .array(let elements) = value, takeMessage(elements) { return }
        guard first < sent.count else { return end("an answer came to a command never sent") }
        answers.append(value)
        if case .answers(let count) = sent[first].expectation, answers.count < count { return }
        finishFirst()
    }

    private func finishFirst() {
        let request = sent[first]
        let answers = self.answers
        self.answers = []
        first += 1
        firstSince = lastHeard
        if first * 2 > sent.count {
            sent.removeFirst(first)
            first = 0
        }
        request.done(.success(answers))
        if first == sent.count { whenIdle?() }
    }

    /// Whether it was a message, or the confirmation of a subscription.
    private func takeMessage(_ elements: [RESPValue]) -> Bool {
        guard let word = elements.first?.bytes, elements.count >= 3 else { return false }
        if let kind = RedisChannelKind(ofMessage: word) {
            guard elements.count == (kind == .pattern ? 4 : 3), let name = elements[1].bytes,
                let channel = elements[elements.count - 2].bytes,
                let payload = elements[elements.count - 1].bytes
            else { return false }
            delegate?.received(RedisMessage(channel: channel, payload: payload), by: kind, name)
            return true
        }
        guard word.suffix(9).equals("subscribe") else { return false }
        // Redis may end a shard's subscription by itself: then it answers nothing.
        if first < sent.count, case .confirmation = sent[first].expectation,
            word.equalsIgnoringCase(Array(sent[first].name.utf8))
        {
            finishFirst()
        }
        return true
    }

    // MARK: - The end

    func receivedEnd() { end("Redis has closed the connection") }

    func closed(_ reason: TCPCloseReason) {
        guard case .failed(let code) = reason else { return end("the connection was closed") }
        let attempt = hasReceived ? "keep the connection to" : "connect to"
        let error = SystemError("\(attempt) Redis at \(server.shown)", code: code)
        if hasReceived { return end("\(error)") }
        stream = nil
        tryNext("\(error)")
    }

    /// What was sent is not sent again: it may have been done.
    func end(_ reason: String) {
        guard !isOver else { return }
        isOver = true
        stream?.abort()
        let lost = sent[first...]
        (sent, first) = ([], 0)
        let delegate = delegate
        self.delegate = nil
        // First: what programs do about a failure shall find the new state.
        delegate?.ended(self, reason)
        for request in lost { request.fail(lost: reason) }
        whenIdle?()
    }
}
