// A tap between peers of bytes, or before a real server.
// Next: RelayTests.swift, WeatherTests.swift.

import Engine
import EngineSockets
import Foundation
import TestSupport
import Testing

@testable import Tap

/// One end of a TCP connection that does only what a test says.
final class Peer: TCPStreamDelegate {
    let stream: TCPStream
    var bytes: [UInt8] = []
    var hasEnded = false
    var reason: TCPCloseReason?

    init(_ stream: TCPStream) {
        self.stream = stream
        stream.delegate = self
        // The tests of slow peers are about the tap's limits.
        stream.unreadLimit = .max
    }

    static func connect(_ port: Int) throws -> Peer {
        let addresses = try SocketAddress.resolve("127.0.0.1", port: port)
        return Peer(try .connect(to: try #require(addresses.first)))
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var isReset: Bool { if case .failed = reason { true } else { false } }

    func send(_ text: String) { stream.write(Array(text.utf8)) }
    func received(_ bytes: ArraySlice<UInt8>) { self.bytes += bytes }
    func receivedEnd() { hasEnded = true }

    /// How many bytes are left when nothing has been taken of them in a hundred turns of the loop:
    /// a tap that had room would have read in each of them.
    func leftWhenStalled() async throws -> Int {
        var (left, turns) = (stream.queuedByteCount, 0)
        try await eventually("a peer that is held back") {
            turns = left == stream.queuedByteCount ? turns + 1 : 0
            left = stream.queuedByteCount
            return turns == 100
        }
        return left
    }

    /// Says that nothing follows when all that was written is with the system.
    func endWhenDrained() { stream.tellsWhenDrained = true }
    func drained() { stream.endWriting() }

    func closed(_ reason: TCPCloseReason) { self.reason = reason }
}

/// A tap with one visitor, A, and what is observed.
final class RelayFixture {
    private(set) var observations: [Observation] = []
    private(set) var accepted: [Peer] = []
    private(set) var tap: TrafficTap?
    private var listener: TCPListener?
    let visitor: TappedVisitor

    /// In front of a server, or without a port in front of peers.
    init(port: Int? = nil) throws {
        var seen: (Observation) -> Void = { _ in }
        var came: (TCPStream) -> Void = { _ in }
        let tap = TrafficTap(framingOrigin: "http://localhost:4000") { seen($0) }
        let address = try #require(try SocketAddress.resolve("127.0.0.1", port: 0).first)
        let listener = try TCPListener(on: address) { came($0) }
        visitor = try tap.addVisitor("A", targetPort: port ?? listener.address.port)
        self.tap = tap
        self.listener = listener
        seen = { [unowned self] in observations.append($0) }
        came = { [unowned self] in accepted.append(Peer($0)) }
    }

    /// A visitor's connection and the server's end of it.
    func pair() async throws -> (client: Peer, server: Peer) {
        let count = accepted.count
        let client = try Peer.connect(visitor.port)
        try await eventually("the relayed connection") { self.accepted.count > count }
        return (client, accepted[count])
    }

    var kinds: [Observation.Kind] { observations.map(\.kind) }
    var problems: [String] { observations.flatMap(\.problems) }

    func close() async throws {
        listener?.close()
        tap?.close()
        for peer in accepted { peer.stream.abort() }
        try await eventually("the end of all") { self.visitor.connectionCount == 0 }
    }
}

/// A server that echoes over Socket.IO, and has a page.
func withServer(_ body: (RelayFixture, Int) async throws -> Void) async throws {
    try await Seats.servers.hold {
        let app = App()
        app.get("/") { _ in
            var page = Response.html("<p>hi</p>")
            page.fields.add("Content-Security-Policy", "default-src 'self'; frame-ancestors 'self'")
            page.fields.add("X-Frame-Options", "SAMEORIGIN")
            return page
        }
        let io = SocketServer(app)
        io.onConnection { socket in
            socket.on("echo") { (text: String) in socket.emit("echo", text) }
            socket.on("photo") { (bytes: Data) in socket.emit("photo", bytes) }
        }
        let port = try app.listen(port: 0)
        let fixture = try RelayFixture(port: port)
        try await body(fixture, port)
        try await fixture.close()
        await app.close()
    }
}
