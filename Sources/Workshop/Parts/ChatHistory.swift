// What compression does to a chat: bytes on the wire and time for a message, of a thousand
// messages as a server sends them. In: nothing; the texts are made from a seed. Out: a table.
// `swift run -c release PartBenchmarks --chat`. Next: MessageCompressor.swift.

import DeflateWire
import WebSocketDeflate
import WebSocketWire

private let vocabulary = """
    the of to and a in is it you that he was for on are with as his they at be this from have \
    or by one had not but what all were when we there can an your which their said if do will \
    each about how up out them then she many some so these would other into has more her two \
    like him see time could no make than first been its who now people my made over did down \
    only way find use may \
    hello thanks great lunch meeting tomorrow server message works broken again fixed deploy test
    """.split(separator: " ")

/// Events as stage 5 sends them: a name, and a text of three to twenty words.
private func history() -> [[UInt8]] {
    var seed: UInt64 = 4_711
    func random(_ count: Int) -> Int {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(seed >> 33) % count
    }
    let names = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Margaret", "Ken"]
    return (0..<1_000).map { _ in
        let words = (0..<(3 + random(18))).map { _ in vocabulary[random(vocabulary.count)] }
        let name = names[random(names.count)]
        let text = words.joined(separator: " ")
        return Array("42[\"chat message\",{\"from\":\"\(name)\",\"text\":\"\(text)\"}]".utf8)
    }
}

private struct Way {
    let name: String
    let offer: String?
    var level = DeflateLevel.default
}

private let ways = [
    Way(name: "plain", offer: nil),
    Way(name: "alone, fast", offer: "; server_no_context_takeover", level: .fast),
    Way(name: "alone", offer: "; server_no_context_takeover"),
    Way(name: "context, fast", offer: "", level: .fast),
    Way(name: "context", offer: ""),
    Way(name: "context of 10 bits", offer: "; server_max_window_bits=10"),
]

private func agreement(_ offer: String) throws -> MessageDeflateAgreement? {
    try .accept("permessage-deflate" + offer, PerMessageDeflate().negotiation)
}

private func microseconds(_ count: Int, _ run: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<9 {
        let begin = ContinuousClock.now
        try run()
        times.append((ContinuousClock.now - begin) / .microseconds(1) / Double(count))
    }
    return times.sorted()[4]
}

/// Frames as a server sends them.
private func frames(_ messages: [[UInt8]], _ way: Way) throws -> [[UInt8]] {
    var options = PerMessageDeflate()
    options.threshold = 0
    options.level = way.level
    guard let offer = way.offer, let agreement = try agreement(offer) else {
        return messages.map { FrameEncoder.encode(.text, $0) }
    }
    var compressor = MessageCompressor(agreement, options, isServer: true)
    return messages.map { message in
        guard let payload = compressor.compress(message[...]) else {
            return FrameEncoder.encode(.text, message)
        }
        var frame = FrameEncoder.encode(.text, payload)
        FrameEncoder.mark(&frame)
        return frame
    }
}

private func read(_ frames: [[UInt8]], _ way: Way) throws {
    var decoder = MessageDecoder(role: .client)
    if let offer = way.offer, let agreement = try agreement(offer) {
        decoder.restorer = MessageRestorer(agreement, isServer: false, limit: 1_000_000)
    }
    for frame in frames { try messages(frame, &decoder) }
}

/// The table: single messages, and fifty of them as the history that a newcomer gets.
func measureChat() throws {
    let messages = history()
    let bundles = stride(from: 0, to: messages.count, by: 50).map { start in
        Array(messages[start..<(start + 50)].joined(separator: [0x2C]))
    }
    for (name, messages) in [("1,000 messages", messages), ("20 of 50 messages", bundles)] {
        print("\(name.padding(to: 20))       bytes   of plain     write µs      read µs")
        let plain = messages.reduce(0) { $0 + FrameEncoder.encode(.text, $1).count }
        for way in ways {
            let sent = try frames(messages, way)
            let bytes = sent.reduce(0) { $0 + $1.count }
            let writing = try microseconds(messages.count) { _ = try frames(messages, way) }
            let reading = try microseconds(messages.count) { try read(sent, way) }
            let figures = [
                "\(bytes)", "\((Double(bytes) / Double(plain) * 1_000).rounded() / 10) %",
                "\((writing * 100).rounded() / 100)", "\((reading * 100).rounded() / 100)",
            ]
            print(
                way.name.padding(to: 20)
                    + figures.map { $0.padding(to: 12, isRight: true) }.joined())
        }
    }
}
