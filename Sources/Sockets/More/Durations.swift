// Times as Swift writes them, beside the milliseconds that the protocols count in. In:
// `.seconds(5)`. Out: 5000. Next: ../Deadlines.swift; Engine/More/Namespaces/Durations.swift.

extension Duration {
    /// The same time in whole milliseconds, rounded up, and never below 0. Options that take
    /// milliseconds take it so: `options.pingInterval = Duration.seconds(25).inMilliseconds`.
    public nonisolated var inMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard self > .zero else { return 0 }
        guard seconds < Int64(Int.max / 1_000) - 1 else { return Int.max }
        let rest = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int(seconds) * 1_000 + Int(rest)
    }
}
