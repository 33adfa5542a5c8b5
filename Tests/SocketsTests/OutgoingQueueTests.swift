// The queue of one connection: written bytes are freed, even if the queue is never empty.

import CEngineSockets
import Foundation
import Testing

@testable import EngineSockets

@Suite("Outgoing queue")
struct OutgoingQueueTests {
    /// Two ends of a connection that block no one.
    private func pair() -> (Int32, Int32) {
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, csystem_stream_type, 0, &ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        return (ends[0], ends[1])
    }

    /// Pieces around the size of the buffer in which small ones are put together.
    @Test(
        "bytes arrive in their order, whatever the pieces and the steps of the reader are",
        arguments: [
            [1, 2, 3], [16_384], [16_383, 1, 1], [16_384, 1, 16_384], [1, 40_000, 1, 0, 7],
            [100_000, 5],
        ])
    func order(sizes: [Int]) throws {
        let (near, far) = pair()
        var (queue, sent, received): (OutgoingQueue, [UInt8], [UInt8]) = (OutgoingQueue(), [], [])
        let buffer = EventLoop.shared.gatherBuffer
        var (sink, step) = ([UInt8](repeating: 0, count: 50_000), 1)
        func read() {
            step = step * 3 % 49_999 + 1
            let count = recv(far, &sink, step, 0)
            if count > 0 { received += sink[..<count] }
        }
        for number in 0..<60 {
            for size in sizes {
                let piece = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number) }
                sent += piece
                queue.append(piece)
            }
            let isOpen = queue.write(to: near, gathering: buffer)
            #expect(isOpen)
            read()
        }
        while received.count < sent.count {
            let isOpen = queue.write(to: near, gathering: buffer)
            #expect(isOpen)
            read()
        }
        #expect(received == sent && queue.isEmpty)
        for end in [near, far] { systemClose(end) }
    }

    @Test("a hundred thousand small pieces wait for a slow reader, and none is lost")
    func backlog() throws {
        let (near, far) = pair()
        var queue = OutgoingQueue()
        let buffer = EventLoop.shared.gatherBuffer
        for number in 0..<100_000 { queue.append([UInt8(truncatingIfNeeded: number), 0]) }
        var (sink, count) = ([UInt8](repeating: 0, count: 500), 0)
        while count < 200_000 {
            let isOpen = queue.write(to: near, gathering: buffer)
            #expect(isOpen)
            let read = recv(far, &sink, sink.count, 0)
            #expect(read > 0 && sink[0] == UInt8(truncatingIfNeeded: count / 2))
            guard read > 0 else { break }
            count += read
        }
        #expect(queue.isEmpty)
        for end in [near, far] { systemClose(end) }
    }

    @Test("a queue that is never empty does not grow")
    func neverEmpty() throws {
        let (near, far) = pair()
        var queue = OutgoingQueue()
        let message = [UInt8](repeating: 1, count: 1_000)
        var sink = [UInt8](repeating: 0, count: 1_000)
        // The system's buffer is full; from here on the peer reads as fast as the queue writes.
        let buffer = EventLoop.shared.gatherBuffer
        for _ in 0..<1_000 { queue.append(message) }
        var isWritten = queue.write(to: near, gathering: buffer)
        for _ in 0..<20_000 {
            queue.append(message)
            _ = recv(far, &sink, 1_000, 0)
            isWritten = isWritten && queue.write(to: near, gathering: buffer)
        }
        #expect(isWritten)
        let rest = Mirror(reflecting: queue).children.first { $0.label == "rest" }?.value
        let count = try #require((rest as? [[UInt8]])?.count)
        #expect(
            queue.byteCount > 0 && count < 5_000, "\(count) places for \(queue.byteCount) bytes")
        for end in [near, far] { systemClose(end) }
    }
}
