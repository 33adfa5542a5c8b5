// A broker within the process that orders events and keeps sessions, as a stream of Redis does: for
// the tests of clients that come back to another server. Next: OrderedRecoveryTests.swift.

import Engine
import EngineSockets
import Foundation
import TestSupport

/// One order of events for all servers. Each server learns of it with a delay of its own.
final class OrderingNetwork {
    final class End: Adapter {
        let network: OrderingNetwork
        var namespaces: [String: AdapterNamespace] = [:]
        /// How far it has read.
        fileprivate var position = 0
        fileprivate var isReading = false
        /// What was published while the broker was away.
        fileprivate var waiting: [AdapterMessage] = []
        let ordersEvents = true

        init(_ network: OrderingNetwork) { self.network = network }

        func open(_ namespace: AdapterNamespace) {
            namespaces[namespace.name] = namespace
            for message in network.log.prefix(position) where message.namespace == namespace.name {
                namespace.receive(message)
            }
            namespace.opened()
        }

        func publish(_ message: AdapterMessage) {
            guard network.isAway else { return network.add(message) }
            waiting.append(message)
            if case .emit = message.content, let number = message.number {
                namespaces[message.namespace]?.notPlaced(number)
            }
        }

        func serverCount(in namespace: String) async throws -> Int {
            if network.isAway { throw Away() }
            return network.ends.count
        }

        func save(_ session: SavedSession, in namespace: String, for milliseconds: Int) {
            if !network.isAway { network.sessions[session.pid] = session }
        }

        func restore(_ pid: String, in namespace: String) async throws -> SavedSession? {
            if network.isAway { throw Away() }
            if network.delaysSaving {
                network.delaysSaving = false
                return nil
            }
            // All that was known when the session was saved has to be known here.
            network.deliverAll(to: self)
            return network.sessions.removeValue(forKey: pid)
        }

        func close(namespace: String) { namespaces[namespace] = nil }
        func close() async { network.ends.removeAll { $0 === self } }
    }

    struct Away: Error {}

    fileprivate(set) var ends: [End] = []
    fileprivate var log: [AdapterMessage] = []
    var sessions: [String: SavedSession] = [:]
    private(set) var isAway = false
    /// Whether a session is still on its way to the broker when it is looked for the first time.
    var delaysSaving = false
    var random: SeededGenerator
    /// Milliseconds, at most.
    var delay = 3

    init(seed: UInt64 = 1) { random = SeededGenerator(seed: seed) }

    func end() -> End {
        let end = End(self)
        end.position = log.count
        ends.append(end)
        return end
    }

    func goAway() {
        isAway = true
        for end in ends { for n in end.namespaces.values { n.report(.away(reason: "a test")) } }
    }

    func comeBack() {
        isAway = false
        for end in ends {
            for message in end.waiting { add(message) }
            end.waiting = []
            for namespace in end.namespaces.values { namespace.report(.ready) }
        }
    }

    fileprivate func add(_ message: AdapterMessage) {
        var message = message
        // What is asked and answered has no place.
        if case .emit = message.content { message.offset = "\(log.count + 1)-0" }
        log.append(message)
        for end in ends where !end.isReading {
            end.isReading = true
            EventLoop.shared.after(Int.random(in: 0...delay, using: &random)) { [self] in
                end.isReading = false
                deliverAll(to: end)
            }
        }
    }

    fileprivate func deliverAll(to end: End) {
        while end.position < log.count {
            let message = log[end.position]
            end.position += 1
            guard let namespace = end.namespaces[message.namespace] else { continue }
            if message.server == namespace.server {
                guard let offset = message.offset, let number = message.number else { continue }
                namespace.placed(number, at: offset)
            } else {
                namespace.receive(message)
            }
        }
    }
}
