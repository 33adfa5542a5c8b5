// What a program can subscribe to, in Redis's words, and what comes of it.
// Spec: Redis "Pub/Sub". Next: RedisSubscriptions.swift.

import EngineBytes

/// What a subscription's name means.
package nonisolated enum RedisChannelKind: Hashable, Sendable {
    /// One channel: SUBSCRIBE.
    case channel
    /// All channels that match a pattern: PSUBSCRIBE.
    case pattern
    /// A channel of a shard, Redis 7: SSUBSCRIBE.
    case shard

    private var letter: String {
        switch self {
        case .channel: ""
        case .pattern: "P"
        case .shard: "S"
        }
    }

    var subscribe: String { letter + "SUBSCRIBE" }
    var unsubscribe: String { letter + "UNSUBSCRIBE" }

    /// By the first word of what was published. Asked for each message: no strings are made.
    init?(ofMessage word: [UInt8]) {
        if word.equals("message") {
            self = .channel
        } else if word.equals("pmessage") {
            self = .pattern
        } else if word.equals("smessage") {
            self = .shard
        } else {
            return nil
        }
    }
}

/// A message that was published.
package nonisolated struct RedisMessage: Hashable, Sendable {
    /// The channel that it was published to.
    package let channel: [UInt8]
    /// What was published.
    package let payload: [UInt8]

    /// The channel as text.
    package var channelText: String { String(decoding: channel, as: UTF8.self) }
}
