// Deadlines and timers; the time is an argument.

import EngineSockets
import Testing

@Suite("Deadlines")
struct DeadlineTests {
    @Test("what has no meaning any more is forgotten, and the rest keeps its order")
    func forgetting() {
        var queue = DeadlineQueue<Int>()
        for number in 0..<10 { queue.append(number, at: number) }
        #expect(queue.popDue(at: 0)?.key == 0)
        queue.removeAll { $0.isMultiple(of: 3) }
        #expect(queue.count == 6)
        var rest: [Int] = []
        while let (_, key) = queue.popDue(at: 100) { rest.append(key) }
        #expect(rest == [1, 2, 4, 5, 7, 8])
    }

    @Test("what was set first falls due first, and not before its time")
    func queue() {
        var queue = DeadlineQueue<String>()
        queue.append("a", at: 10)
        queue.append("b", at: 20)
        #expect(queue.next == 10)
        #expect(queue.popDue(at: 9) == nil)
        #expect(queue.popDue(at: 15)?.key == "a")
        #expect(queue.popDue(at: 15) == nil)
        #expect(queue.popDue(at: 20)?.key == "b")
        #expect(queue.next == nil)
        #expect(queue.count == 0)
    }

    @Test("a deadline before the last one waits for it instead of being lost")
    func order() {
        var queue = DeadlineQueue<String>()
        queue.append("a", at: 20)
        queue.append("b", at: 10)
        #expect(queue.popDue(at: 15) == nil)
        #expect(queue.popDue(at: 20)?.key == "a")
        #expect(queue.popDue(at: 20)?.key == "b")
    }

    @Test("a hundred thousand deadlines come out in order")
    func many() {
        var queue = DeadlineQueue<Int>()
        var expected = 0
        for number in 0..<100_000 {
            queue.append(number, at: number)
            if number % 3 == 0 {
                #expect(queue.popDue(at: number)?.key == expected)
                expected += 1
            }
        }
        while let (_, key) = queue.popDue(at: 100_000) {
            if key != expected { Issue.record("\(key) came in place of \(expected)") }
            expected += 1
        }
        #expect(expected == 100_000)
    }

    @Test("timers of any length come out by their time, then by their age")
    func timers() {
        var timers = TimerHeap<String>()
        for (deadline, name) in [(30, "c"), (10, "a"), (30, "d"), (20, "b"), (5, "x")] {
            timers.add(at: deadline, name)
        }
        #expect(timers.next == 5)
        var order: [String] = []
        for now in [4, 5, 20, 30] {
            while let name = timers.popDue(at: now) { order.append(name) }
        }
        #expect(order == ["x", "a", "b", "c", "d"])
    }

    @Test("a cancelled timer does not run, the others do, and a late cancel has no effect")
    func cancel() async {
        var order: [String] = []
        let first = EventLoop.shared.timer(after: 1) { order.append("first") }
        let second = EventLoop.shared.timer(after: 1) { order.append("second") }
        first.cancel()
        await withCheckedContinuation { continuation in
            EventLoop.shared.after(1) { continuation.resume() }
        }
        second.cancel()
        #expect(order == ["second"])
    }
}
