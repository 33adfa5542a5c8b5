// The pure half of the tap. In: what happens on connections, with the time. Out: observations.
// No sockets, no clock: the relay tells what has passed, and does not depend on what is found here.
// Next: ConnectionDecoder.swift; ../Relay/TrafficTap.swift calls it.

import CourseLanguage

/// Decodes all connections of all visitors.
package nonisolated struct TrafficDecoder {
    /// What happens on a connection.
    package enum Event {
        case opened
        /// The server could not be reached, and why.
        case refused(String)
        /// Bytes have passed; of a response, whether the tap has changed its head.
        case bytes(ArraySlice<UInt8>, Way, isChanged: Bool = false)
        case ended(Way)
        case reset(Way)
        /// The tap itself has done this, and the connection is over.
        case weather(Sentence)
    }

    private var connections: [Int: ConnectionDecoder] = [:]
    private var recorder = Recorder()

    package init() {}

    /// What can be told now. Connections have numbers of the caller's.
    package mutating func observe(
        _ event: Event, visitor: String, connection: Int, at time: Int
    ) -> [Observation] {
        recorder.begin(visitor: visitor, connection: connection, time: time)
        var isOver = false
        switch event {
        case .opened:
            connections[connection] = ConnectionDecoder()
            recorder.add(.opened, nil) { $0.summary = said("\(visitor) connects") }
        case .refused(let reason):
            isOver = true
            recorder.add(.refused, .toServer) {
                $0.summary = said("the server does not answer")
                $0.problems = [reason]
            }
        case .bytes(let bytes, let way, let isChanged):
            connections[connection]?.received(bytes, way, isChanged, &recorder)
        case .ended(let way):
            isOver = connections[connection]?.ended(way, &recorder) ?? true
        case .reset(let way):
            isOver = true
            recorder.add(.reset, way) { $0.summary = said("breaks the connection off (RST)") }
        case .weather(let what):
            isOver = true
            recorder.add(.weather, nil) { $0.summary = what.text }
        }
        if isOver { connections[connection] = nil }
        return recorder.take()
    }

    /// Whether the next byte of the server is the first one of a response.
    package func expectsResponse(_ connection: Int) -> Bool {
        connections[connection]?.expectsResponse ?? false
    }

    /// Whether frames pass on a connection.
    package func isWebSocket(_ connection: Int) -> Bool {
        connections[connection]?.isWebSocket ?? false
    }
}

/// Gives observations their numbers, and keeps what goes beyond one connection.
nonisolated struct Recorder {
    /// Packets whose attachments are still to come: a poll's answer may come over one connection
    /// and the next over another.
    var packets = PacketReader()
    private(set) var lastNumber = 0
    private(set) var connection = 0
    private var visitor = ""
    private var time = 0
    private var list: [Observation] = []

    mutating func begin(visitor: String, connection: Int, time: Int) {
        self.visitor = visitor
        self.connection = connection
        self.time = time
    }

    /// The number of the next observation.
    var nextNumber: Int { lastNumber + 1 }

    /// Adds an observation; `fill` says what is special about it.
    mutating func add(
        _ kind: Observation.Kind, _ way: Way?, _ fill: (inout Observation) -> Void
    ) {
        lastNumber += 1
        var observation = Observation(
            number: lastNumber, time: time, visitor: visitor, connection: connection, kind: kind,
            way: way)
        fill(&observation)
        list.append(observation)
    }

    mutating func take() -> [Observation] {
        defer { list = [] }
        return list
    }
}
