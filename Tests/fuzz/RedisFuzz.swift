// What comes from Redis: its protocol, and messages in it. Next: Fuzz.swift.

import MessagePackWire
import RESPWire

func redisValues(_ bytes: ArraySlice<UInt8>, _ cut: Int) {
    func run(_ parts: [ArraySlice<UInt8>]) -> [String] {
        var limits = RESPLimits()
        (limits.line, limits.bulk, limits.elements) = (200, 2_000, 500)
        var decoder = RESPDecoder(limits: limits)
        var seen: [String] = []
        for part in parts {
            decoder.feed(part)
            do {
                while let value = try decoder.next() {
                    seen.append("\(value)")
                    roundTrip(value)
                }
            } catch {
                seen.append("\(error)")
                return seen
            }
            check(decoder.bufferedCount <= 2_400, "no more is held than a string")
        }
        return seen
    }
    check(run([bytes]) == run(pieces(bytes, cut)), "values in pieces")
}

func roundTrip(_ value: RESPValue) {
    var decoder = RESPDecoder()
    decoder.feed(RESPEncoder.encode(value)[...])
    check((try? decoder.next()) != nil, "a value comes back")
    _ = (value.text, value.integer, value.pairs, value.elements)
}

func messagePack(_ bytes: ArraySlice<UInt8>) {
    if let value = MessagePackValue(json: bytes) {
        let again = MessagePackValue(json: value.jsonText[...])
        check(again.map { "\($0)" } == "\(value)" || "\(value)".contains("inf"), "JSON comes back")
    }
    guard let value = try? MessagePackDecoder.decode(bytes) else { return }
    let encoded = MessagePackEncoder.encode(value)
    let again = try? MessagePackDecoder.decode(encoded[...])
    check(again.map { "\($0)" } == "\(value)", "MessagePack comes back")
    let json = value.json
    check(
        value.hasBinary == !json.attachments.isEmpty || json.attachments.isEmpty,
        "bytes are attachments")
    check(MessagePackValue(json) != nil || !json.attachments.isEmpty, "its JSON is valid")
    check(MessagePackValue(json: value.jsonText[...]) != nil, "its text is valid JSON")
}
