// Compression for other programs, for tests against another implementation and for measurements.
// In: jobs on standard input, each a line of words and as many bytes as its last word says.
// Out: for each job a line, `ok COUNT` with so many bytes behind it, or `error …`.
// Tests/interop/test_deflate.py tells what the words are. Next: Deflater.swift.

import DeflateWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A job that cannot be done.
private struct JobError: Error, CustomStringConvertible {
    let description: String
}

/// Does jobs until the input ends.
func driveDeflate() {
    var driver = DeflateDriver()
    while let line = readLine() {
        let words = line.split(separator: " ").map(String.init)
        let count = Int(words.last ?? "") ?? 0
        let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: getchar()) }
        do {
            let reply = try driver.reply(words, bytes)
            send(Array("ok \(reply.count)\n".utf8) + reply)
        } catch {
            send(Array("error \(error)\n".utf8))
        }
    }
}

private func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
    }
}

private struct DeflateDriver {
    private var compressor = Deflater(.messages)
    private var decompressor = Inflater(.messages, limit: longest)
    private static let longest = 1 << 30

    mutating func reply(_ words: [String], _ bytes: [UInt8]) throws -> [UInt8] {
        switch words.first {
        case "deflate": return deflate(try stream(words), bytes)
        case "inflate": return try inflate(try stream(words), bytes)
        case "time-deflate":
            let stream = try stream(words)
            return try time { sink &+= deflate(stream, bytes).count }
        case "time-inflate":
            let stream = try stream(words)
            return try time { sink &+= try inflatedCount(stream, bytes) }
        case "messages":
            let stream = try stream(words)
            let keeps = words.contains("keep")
            compressor = Deflater(
                .messages, level: stream.level, windowBits: stream.bits, keepsContext: keeps)
            decompressor = Inflater(
                .messages, windowBits: stream.bits, limit: Self.longest, keepsContext: keeps)
            return []
        case "compress": return compressor.endMessage(bytes[...])
        case "decompress":
            decompressor.feed(bytes[...])
            decompressor.feedEnd()
            return try whole(&decompressor)
        default: throw JobError(description: "no such job: \(words.first ?? "")")
        }
    }

    private typealias Stream = (format: DeflateFormat, level: DeflateLevel, bits: Int)

    /// `JOB FORMAT LEVEL BITS … COUNT`
    private func stream(_ words: [String]) throws -> Stream {
        guard words.count >= 5, let bits = Int(words[3]),
            let format = DeflateFormat.allCases.first(where: { "\($0)" == words[1] }),
            let level = DeflateLevel.allCases.first(where: { "\($0)" == words[2] })
        else { throw JobError(description: "expected a format, a level and window bits") }
        return (format, level, bits)
    }

    private func deflate(_ stream: Stream, _ bytes: [UInt8]) -> [UInt8] {
        var compressor = Deflater(stream.format, level: stream.level, windowBits: stream.bits)
        return compressor.compress(bytes[...], flush: .finish)
    }

    private func inflate(_ stream: Stream, _ bytes: [UInt8]) throws -> [UInt8] {
        var decompressor = Inflater(
            stream.format, windowBits: stream.bits, limit: Self.longest)
        decompressor.feed(bytes[...])
        decompressor.feedEnd()
        return try whole(&decompressor)
    }

    /// In pieces, as a network brings them; what comes out is not put together.
    private func inflatedCount(_ stream: Stream, _ bytes: [UInt8]) throws -> Int {
        var decompressor = Inflater(
            stream.format, windowBits: stream.bits, limit: Self.longest)
        var count = 0
        for start in stride(from: 0, to: bytes.count, by: 65_536) {
            decompressor.feed(bytes[start..<min(start + 65_536, bytes.count)])
            while let piece = try decompressor.nextPiece() { count += piece.count }
        }
        return count
    }

    private func whole(_ decompressor: inout Inflater) throws -> [UInt8] {
        var whole: [UInt8] = []
        while let piece = try decompressor.nextPiece() { whole += piece }
        return whole
    }

    /// The nanoseconds of the fastest of three rounds.
    private func time(_ work: () throws -> Void) throws -> [UInt8] {
        var best = Duration.seconds(3_600)
        for _ in 0..<3 {
            let begin = ContinuousClock.now
            try work()
            best = min(best, ContinuousClock.now - begin)
        }
        return Array("\(Int(best / .nanoseconds(1)))".utf8)
    }
}
