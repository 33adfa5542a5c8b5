// Streams that begin here. Next: Sources/Sockets/More/TCPConnecting.swift.

import EngineSockets
import TestSupport
import Testing

@Suite("Streams")
struct StreamTests {
    private final class Ear: TCPStreamDelegate {
        var text = ""
        var end: TCPCloseReason?

        func received(_ bytes: ArraySlice<UInt8>) { text += String(decoding: bytes, as: UTF8.self) }
        func receivedEnd() {}
        func closed(_ reason: TCPCloseReason) { end = reason }
    }

    @Test("a stream that reads nothing yet is connected all the same")
    func pausedWhileConnecting() async throws {
        let (here, there) = (Ear(), Ear())
        let listener = try TCPListener(on: try #require(SocketAddress(literal: "127.0.0.1"))) {
            $0.delegate = there
            $0.write(Array("welcome".utf8))
        }
        defer { listener.close() }
        let stream = try TCPStream.connect(to: listener.address)
        stream.delegate = here
        stream.pauseReading()
        stream.write(Array("hello".utf8))
        try await eventually("what was written") { there.text == "hello" }
        stream.resumeReading()
        try await eventually("what was sent back") { here.text == "welcome" }
        #expect(here.end == nil)
        stream.abort()
    }
}
