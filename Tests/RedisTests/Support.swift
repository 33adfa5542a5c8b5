// In: bytes and the ways in which a network may cut them; times that a test decides.
// Next: RESPTests.swift, FakeRedis.swift.

import RedisClient
import TestSupport

/// The bytes whole, byte by byte, and in two pieces, cut at every position.
func cuts(of bytes: [UInt8]) -> [[ArraySlice<UInt8>]] {
    var cuts: [[ArraySlice<UInt8>]] = [[bytes[...]], bytes.indices.map { bytes[$0...$0] }]
    for position in bytes.indices.dropFirst() {
        cuts.append([bytes[..<position], bytes[position...]])
    }
    return cuts
}

func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

/// A clock that stands still until a test moves it.
final class StoppedClock {
    private(set) var now = 1_000
    /// What jitter is made of: 0.5 is none.
    var chance = 0.5
    private var timers: [(deadline: Int, work: () -> Void)] = []

    var timing: RedisTiming {
        RedisTiming(
            now: { self.now },
            after: { self.timers.append((self.now + $0, $1)) },
            random: { self.chance })
    }

    /// Lets time pass, and everything happen whose time comes, in order.
    func advance(_ milliseconds: Int) {
        let end = now + milliseconds
        while let index = timers.indices.min(by: { timers[$0].deadline < timers[$1].deadline }),
            timers[index].deadline <= end
        {
            let timer = timers.remove(at: index)
            now = max(now, timer.deadline)
            timer.work()
        }
        now = end
    }
}
