// A door for handlers of tests: they wait until the test opens it. Next: DrainTests.swift,
// HandlerOrderTests.swift.

/// Lets those pass that wait, when the test says so.
final class Door {
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private(set) var isOpen = false

    /// How many wait.
    var count: Int { waiting.count }

    func pass() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// For all, from now on.
    func open() {
        isOpen = true
        let all = waiting
        waiting = []
        for one in all { one.resume() }
    }

    /// For the one that has waited longest.
    func letOne() {
        if !waiting.isEmpty { waiting.removeFirst().resume() }
    }
}
