// A connection without sockets for the tests of decoding: bytes that a client and a server would
// send. Next: HTTPObservationTests.swift, FrameObservationTests.swift.

import Foundation
import Tap
import TestSupport

/// What happens on a connection, and what is observed of it.
nonisolated struct Traffic {
    private var decoder = TrafficDecoder()
    private(set) var observations: [Observation] = []
    var connection = 1

    init() { happens(.opened) }

    /// A connection with a WebSocket on it.
    static func webSocket(
        _ target: String = "/socket.io/?EIO=4&transport=websocket", answer fields: String = ""
    ) -> Traffic {
        var traffic = Traffic()
        traffic.up("GET \(target) HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n")
        traffic.down("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\(fields)\r\n")
        return traffic
    }

    mutating func happens(_ event: TrafficDecoder.Event) {
        observations += decoder.observe(event, visitor: "A", connection: connection, at: 7)
    }

    mutating func up(_ bytes: [UInt8]) { happens(.bytes(bytes[...], .toServer)) }
    mutating func down(_ bytes: [UInt8]) { happens(.bytes(bytes[...], .toVisitor)) }
    mutating func up(_ text: String) { up(Array(text.utf8)) }
    mutating func down(_ text: String) { down(Array(text.utf8)) }

    /// A poll and its answer.
    mutating func poll(_ body: String, sid: String = "s") {
        up("GET /socket.io/?EIO=4&transport=polling&sid=\(sid) HTTP/1.1\r\nHost: a\r\n\r\n")
        down(answer(body))
    }

    var last: Observation? { observations.last }
    var summaries: [String] { observations.map(\.summary) }
    var problems: [String] { observations.flatMap(\.problems) }
}

nonisolated func answer(_ body: String) -> String {
    "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
}

/// A masked text frame.
nonisolated func masked(_ text: String, first: UInt8 = 0x81) -> [UInt8] {
    RawClient.frame(first, Array(text.utf8))
}

/// A frame as a server sends it, of at most 125 bytes.
nonisolated func plain(_ text: String, first: UInt8 = 0x81) -> [UInt8] {
    [first, UInt8(text.utf8.count)] + text.utf8
}

extension Observation {
    /// A layer by its path: `WebSocket frame/payload`.
    nonisolated func layer(_ path: String) -> Layer? {
        var layers = self.layers
        var found: Layer?
        for name in path.split(separator: "/") {
            found = layers.first { $0.name == name }
            layers = found?.layers ?? []
        }
        return found
    }

    /// The bytes of a layer.
    nonisolated func bytes(_ path: String) -> [UInt8]? {
        guard let layer = layer(path) else { return nil }
        let bytes = layer.place == .wire ? wire.bytes : content?.bytes ?? Data()
        return Array(bytes.dropFirst(layer.start).prefix(layer.count))
    }

    nonisolated func text(_ path: String) -> String? {
        bytes(path).map { String(decoding: $0, as: UTF8.self) }
    }
}
