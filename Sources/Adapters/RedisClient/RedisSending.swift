// Commands, transactions and subscriptions of a program. In: commands. Out: their answers, or why
// there is none. Next: RedisRequest.swift, RedisSubscriptions.swift.

import RESPWire

extension Redis {
    /// What a command does while there is no connection.
    package enum WhileAway {
        /// Waits for the next one, within the bounds of the options.
        case wait
        /// Fails at once.
        case fail
    }

    /// Sends a command, behind those of earlier calls and without waiting for their answers. `done`
    /// is called once; within this call, if it fails at once. An error that Redis reports is
    /// `RedisError.refused`.
    ///
    /// `answerTimeout`: for a command that blocks, in milliseconds, longer than it may block.
    package func send(
        _ command: RESPCommand, whileAway: WhileAway = .wait, answerTimeout: Int? = nil,
        _ done: @escaping (Result<RESPValue, RedisError>) -> Void = { _ in }
    ) {
        send(RedisRequest(command, answerTimeout: answerTimeout, done), whileAway)
    }

    /// The same for a program that waits for the answer.
    @discardableResult
    package func send(
        _ command: RESPCommand, whileAway: WhileAway = .wait, answerTimeout: Int? = nil
    ) async throws(RedisError) -> RESPValue {
        try await withCheckedContinuation { continuation in
            send(command, whileAway: whileAway, answerTimeout: answerTimeout) {
                continuation.resume(returning: $0)
            }
        }.get()
    }

    /// Sends MULTI, the commands and EXEC in one piece, so that nothing comes between. The answers
    /// are those of the commands, in order; an error among them is a value, and the others are
    /// done all the same.
    package func transaction(
        _ commands: [RESPCommand], whileAway: WhileAway = .wait,
        _ done: @escaping (Result<[RESPValue], RedisError>) -> Void
    ) {
        let all = [RESPCommand("MULTI")] + commands + [RESPCommand("EXEC")]
        let request = RedisRequest(
            name: "EXEC", bytes: all.flatMap(\.encoded), expectation: .answers(all.count),
            answerTimeout: nil
        ) { answers in
            done(
                answers.flatMap { answers in
                    let last = answers[answers.count - 1]
                    return RedisRequest.result(of: last, to: "EXEC").flatMap { executed in
                        guard let elements = executed.elements else {
                            return .failure(.unexpected(command: "EXEC", answer: "\(executed)"))
                        }
                        return .success(elements)
                    }
                })
        }
        send(request, whileAway)
    }

    /// Subscribes, now and after each reconnection, until it is cancelled. `confirmed` is called
    /// once: when Redis has confirmed or refused it, when it is cancelled before, or at `close`.
    /// It waits for a connection as long as it takes. Several subscriptions of one name are one
    /// for Redis.
    @discardableResult
    package func subscribe(
        _ name: String, _ kind: RedisChannelKind = .channel,
        receive: @escaping (RedisMessage) -> Void,
        confirmed: @escaping (Result<Void, RedisError>) -> Void = { _ in }
    ) -> RedisSubscription {
        let subscription = subscriptions.add(name, kind, receive, confirmed)
        if state == .closed { subscriptions.closed() }
        if state == .ready, connection?.version == .resp2 { openSubscriber() }
        return subscription
    }

    // MARK: - Waiting

    private func send(_ request: RedisRequest, _ whileAway: WhileAway) {
        if state == .ready, let connection {
            guard connection.queuedByteCount <= options.waitingBytes else {
                return request.fail(
                    notSent: "Redis takes nothing at the moment, and more than "
                        + "\(options.waitingBytes) bytes wait (option waitingBytes)")
            }
            return connection.send(request)
        }
        if state == .closed { return request.fail(notSent: Self.closedReason) }
        let reason = "there is no connection to Redis at \(address) (\(state))"
        guard whileAway == .wait else { return request.fail(notSent: reason) }
        queue.add(request, at: timing.now(), options, reason)
        watchQueue()
    }

    /// Sends what has waited, in order.
    func sendWaiting() {
        for request in queue.takeAll() { send(request, .wait) }
    }

    /// Lets those fail that have waited long enough.
    private func watchQueue() {
        guard !isQueueWatched, let next = queue.nextDeadline else { return }
        isQueueWatched = true
        timing.after(max(1, next - timing.now())) { [weak self] in
            guard let self else { return }
            self.isQueueWatched = false
            let reason = "there was no connection to Redis at \(self.address) for "
            for request in self.queue.takeExpired(at: self.timing.now()) {
                request.fail(
                    notSent: reason + "\(self.options.waitingTimeout) ms (\(self.state))")
            }
            self.watchQueue()
        }
    }
}
