// Compression. Any bytes are decompressed: in one piece and in many they give the same, or the same
// error. Any bytes are compressed, in pieces with flushes between, and come back.
// Next: Fuzz.swift.

import DeflateWire

/// The result of decompressing: what came out, or why it was refused.
private typealias Inflated = Result<[UInt8], InflateError>

func inflate(_ bytes: ArraySlice<UInt8>, _ cut: Int) {
    let (limit, bits) = (20_000, 8 + cut % 8)
    func run(_ format: DeflateFormat, _ parts: [ArraySlice<UInt8>]) -> Inflated {
        var inflater = Inflater(format, windowBits: bits, limit: limit)
        let result = Inflated { () throws(InflateError) in
            var whole: [UInt8] = []
            for part in parts {
                inflater.feed(part)
                while let next = try inflater.nextPiece() { whole += next }
                let window = 1 << bits
                check(
                    inflater.heldCount <= window + max(window, 8_192) + 300 + bytes.count,
                    "memory is bounded")
            }
            inflater.feedEnd()
            while let next = try inflater.nextPiece() { whole += next }
            return whole
        }
        if case .failure(let error) = result {
            check(again(&inflater) == error, "a refusal stays")
        } else if format == .messages {
            check(next(&inflater, [0x00]) == [], "another message is read")
        }
        return result
    }
    for format in DeflateFormat.allCases {
        let whole = run(format, [bytes])
        check(whole == run(format, pieces(bytes, cut)), "compressed data in pieces")
        if case .success(let text) = whole { check(text.count <= limit, "the limit is kept") }
    }
}

private func again(_ inflater: inout Inflater) -> InflateError? {
    do throws(InflateError) {
        _ = try inflater.nextPiece()
        return nil
    } catch {
        return error
    }
}

private func next(_ inflater: inout Inflater, _ message: [UInt8]) -> [UInt8]? {
    inflater.feed(message[...])
    inflater.feedEnd()
    var whole: [UInt8] = []
    do {
        while let next = try inflater.nextPiece() { whole += next }
        return whole
    } catch {
        return nil
    }
}

func deflate(_ bytes: ArraySlice<UInt8>, _ cut: Int) {
    guard let kind = bytes.first.map(Int.init) else { return }
    let text = Array(bytes.dropFirst())
    let level: DeflateLevel = kind & 1 == 0 ? .default : .fast
    let bits = 8 + kind / 2 % 8
    if kind & 128 == 0 {
        messages(text, cut, level, bits)
    } else {
        stream(DeflateFormat.allCases[kind / 16 % 3], text, cut, level, bits)
    }
}

/// The same text again and again, so that the window slides, a little different each time.
private func messages(_ text: [UInt8], _ cut: Int, _ level: DeflateLevel, _ bits: Int) {
    let keeps = cut & 1 == 0
    var deflater = Deflater(.messages, level: level, windowBits: bits, keepsContext: keeps)
    var inflater = Inflater(.messages, windowBits: bits, limit: 5_000, keepsContext: keeps)
    for round in 0..<(1 + cut % 16) {
        let message = text.dropFirst(round * cut % 64) + [UInt8(round)]
        let half = message.startIndex + message.count / 2
        let compressed = deflater.compress(message[..<half]) + deflater.endMessage(message[half...])
        check(next(&inflater, compressed) == Array(message), "a message comes back")
    }
}

private func stream(
    _ format: DeflateFormat, _ text: [UInt8], _ cut: Int, _ level: DeflateLevel, _ bits: Int
) {
    var deflater = Deflater(format, level: level, windowBits: bits)
    var inflater = Inflater(format, windowBits: bits, limit: text.count * 8)
    var whole: [UInt8] = []
    do {
        for part in (0..<8).flatMap({ _ in pieces(text[...], 3 * cut) }) {
            let flush: DeflateFlush = part.first.map { $0 & 3 == 0 } == true ? .sync : .none
            inflater.feed(deflater.compress(part, flush: flush)[...])
            while let next = try inflater.nextPiece() { whole += next }
        }
        inflater.feed(deflater.compress([], flush: .finish)[...])
        inflater.feedEnd()
        while let next = try inflater.nextPiece() { whole += next }
    } catch {
        fail("a stream is read")
    }
    check(whole == Array((0..<8).map { _ in text }.joined()), "a stream comes back")
}
