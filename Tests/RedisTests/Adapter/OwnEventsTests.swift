// Events on their way through the stream: which of them have come back, and which have not.
// Next: StreamVectorTests.swift.

import Testing

@testable import RedisAdapter

@Suite("events on their way through the stream")
struct OwnEventsTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// `number < overtaken`; nil when it is none of these.
    private func read(_ text: String, _ own: inout OwnEvents) -> String? {
        own.read(bytes(text)).map { "\($0.number) < \($0.overtaken)" }
    }

    @Test("they come back in order; what is overtaken never came into the stream")
    func order() {
        var own = OwnEvents()
        for number in 1...4 { own.add(number, bytes("\(number)"), at: 0) }
        #expect(read("1", &own) == "1 < []")
        #expect(read("3", &own) == "3 < [2]")
        #expect(read("2", &own) == nil)
        #expect(own.areAwaited)
        #expect(read("4", &own) == "4 < []")
        #expect(own.isEmpty)
    }

    @Test("of equal ones the first comes back first")
    func equal() {
        var own = OwnEvents()
        for number in 1...2 { own.add(number, bytes("x"), at: 0) }
        #expect(read("x", &own) == "1 < []")
        #expect(read("x", &own) == "2 < []")
    }

    @Test("one that is late is told once, and may still come back")
    func late() {
        var own = OwnEvents()
        own.add(1, bytes("a"), at: 10)
        own.add(2, bytes("b"), at: 20)
        let late = own.takeAwaited(before: 10)
        #expect(late == [1])
        let again = own.takeAwaited(before: 10)
        #expect(again.isEmpty)
        let isNew = own.failed(1, isOver: false)
        #expect(!isNew, "the sockets have got it")
        #expect(read("b", &own) == "2 < []")
        #expect(own.isEmpty)
    }

    @Test("one that Redis has refused is over")
    func refused() {
        var own = OwnEvents()
        own.add(1, bytes("a"), at: 0)
        let isNew = own.failed(1, isOver: true)
        #expect(isNew && own.isEmpty)
        #expect(read("a", &own) == nil)
        let isKnown = own.failed(7, isOver: true)
        #expect(!isKnown)
    }

    @Test("many are no trouble")
    func many() {
        var own = OwnEvents()
        var count = 0
        for number in 0..<20_000 {
            own.add(number, bytes("\(number)"), at: number)
            if number >= 100, read("\(number - 100)", &own) == "\(number - 100) < []" { count += 1 }
        }
        #expect(count == 19_900 && own.areAwaited)
    }
}
