// The queue of one connection: written bytes are freed, even if the queue is never empty.

import CEngineSockets
import Foundation
import Testing

@testable import EngineSockets

@Suite("Outgoing queue")
struct OutgoingQueueTests {
    @Test("a queue that is never empty does not grow")
    func neverEmpty() throws {
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, csystem_stream_type, 0, &ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        var queue = OutgoingQueue()
        let message = [UInt8](repeating: 1, count: 1_000)
        var sink = [UInt8](repeating: 0, count: 1_000)
        // The system's buffer is full; from here on the peer reads as fast as the queue writes.
        for _ in 0..<1_000 { queue.append(message[...]) }
        var isWritten = queue.write(to: ends[0])
        for _ in 0..<20_000 {
            queue.append(message[...])
            _ = recv(ends[1], &sink, 1_000, 0)
            isWritten = isWritten && queue.write(to: ends[0])
        }
        #expect(isWritten)
        let chunks = Mirror(reflecting: queue).children.first { $0.label == "chunks" }?.value
        let count = try #require((chunks as? [ArraySlice<UInt8>])?.count)
        #expect(
            queue.byteCount > 0 && count < 5_000, "\(count) places for \(queue.byteCount) bytes")
        for end in ends { systemClose(end) }
    }
}
