// What a program has subscribed to, whether there is a connection or not.
// In: subscriptions and their ends, messages, connections. Out: commands that make Redis's list
// the same as this one; each message, to each subscription that it is for. Next: Redis.swift.

import EngineSockets
import RESPWire

/// A subscription. It lasts until it is cancelled, whether it is kept or not.
package final class RedisSubscription {
    fileprivate let key: RedisSubscriptions.Key
    fileprivate var receive: ((RedisMessage) -> Void)?
    fileprivate var confirmed: ((Result<Void, RedisError>) -> Void)?
    fileprivate weak var list: RedisSubscriptions?

    fileprivate init(
        _ key: RedisSubscriptions.Key, _ list: RedisSubscriptions,
        _ receive: @escaping (RedisMessage) -> Void,
        _ confirmed: @escaping (Result<Void, RedisError>) -> Void
    ) {
        self.key = key
        self.list = list
        self.receive = receive
        self.confirmed = confirmed
    }

    /// Ends it: no message is received after this call. `done` is called once, when Redis has
    /// confirmed it or there is no need to tell Redis.
    package func cancel(_ done: @escaping () -> Void = {}) {
        guard receive != nil, let list else { return done() }
        receive = nil
        finish(.failure(.notSent(command: key.kind.subscribe, reason: "it was cancelled")))
        list.remove(self, done)
    }

    fileprivate func finish(_ result: Result<Void, RedisError>) { confirmed.take()?(result) }
}

/// All subscriptions of a program's connection.
final class RedisSubscriptions {
    /// Names are compared byte by byte, as Redis does.
    struct Key: Hashable {
        let kind: RedisChannelKind
        let name: [UInt8]
    }

    private struct Entry {
        var subscriptions: [RedisSubscription] = []
        /// What Redis has said; nil: nothing yet, on this connection.
        var result: Result<Void, RedisError>?
    }

    private var entries: [Key: Entry] = [:]
    /// What speaks to Redis at the moment. Kept by others.
    private weak var connection: RedisConnection?

    var isEmpty: Bool { entries.isEmpty }

    func add(
        _ name: String, _ kind: RedisChannelKind, _ receive: @escaping (RedisMessage) -> Void,
        _ confirmed: @escaping (Result<Void, RedisError>) -> Void
    ) -> RedisSubscription {
        let key = Key(kind: kind, name: Array(name.utf8))
        let subscription = RedisSubscription(key, self, receive, confirmed)
        let isNew = entries[key] == nil
        entries[key, default: Entry()].subscriptions.append(subscription)
        if isNew {
            subscribe(key) {}
        } else if let result = entries[key]?.result {
            subscription.finish(result)
        }
        return subscription
    }

    fileprivate func remove(_ subscription: RedisSubscription, _ done: @escaping () -> Void) {
        let key = subscription.key
        entries[key]?.subscriptions.removeAll { $0 === subscription }
        guard let entry = entries[key], entry.subscriptions.isEmpty else { return done() }
        entries[key] = nil
        guard let connection else { return done() }
        connection.send(request(key.kind.unsubscribe, key.name) { _ in done() })
    }

    /// Subscribes to everything on a new connection; `done` when Redis has answered all of it.
    func renew(on connection: RedisConnection, _ done: @escaping () -> Void) {
        self.connection = connection
        var missing = 1
        let one = {
            missing -= 1
            if missing == 0 { done() }
        }
        for key in entries.keys {
            missing += 1
            subscribe(key, one)
        }
        one()
    }

    /// The connection is gone: nothing is in force.
    func connectionEnded() {
        connection = nil
        for key in entries.keys { entries[key]?.result = nil }
    }

    /// It will not come back.
    func closed() {
        let all = entries.values.flatMap(\.subscriptions)
        entries = [:]
        for subscription in all {
            subscription.receive = nil
            subscription.finish(
                .failure(
                    .notSent(command: subscription.key.kind.subscribe, reason: Redis.closedReason)))
        }
    }

    func received(_ message: RedisMessage, _ kind: RedisChannelKind, _ name: [UInt8]) {
        guard let entry = entries[Key(kind: kind, name: name)] else { return }
        // One that is cancelled meanwhile has no `receive` any longer.
        for subscription in entry.subscriptions { subscription.receive?(message) }
    }

    // MARK: - Redis

    private func subscribe(_ key: Key, _ done: @escaping () -> Void) {
        guard let connection else { return done() }
        connection.send(
            request(key.kind.subscribe, key.name) { [weak self] result in
                self?.answered(key, result)
                done()
            })
    }

    private func answered(_ key: Key, _ result: Result<Void, RedisError>) {
        // Lost with the connection: it will be renewed.
        if case .failure(let error) = result, !error.isRefusal { return }
        entries[key]?.result = result
        guard let entry = entries[key] else { return }
        if case .failure(let error) = result {
            let name = String(decoding: key.name, as: UTF8.self)
            Log.write("\(error): nothing is received from \"\(name)\"")
        }
        for subscription in entry.subscriptions { subscription.finish(result) }
    }

    private func request(
        _ command: String, _ name: [UInt8], _ done: @escaping (Result<Void, RedisError>) -> Void
    ) -> RedisRequest {
        RedisRequest(
            name: command, bytes: RESPCommand(command, name).encoded, expectation: .confirmation,
            answerTimeout: nil
        ) { answers in
            // With an answer, and not a push message, Redis can only refuse.
            done(
                answers.flatMap { answers in
                    guard let answer = answers.first else { return .success(()) }
                    return RedisRequest.result(of: answer, to: command).map { _ in }
                })
        }
    }
}

extension RedisError {
    nonisolated var isRefusal: Bool { if case .refused = self { true } else { false } }
}
