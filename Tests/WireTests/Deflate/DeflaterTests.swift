// In: texts of several kinds and lengths. Out: the same, after compressing and decompressing; and
// the form of what is between. Next: DeflateMessageTests.swift.

import TestSupport
import Testing

@testable import DeflateWire

@Suite("Deflate: the compressor", .heavy)
struct DeflaterTests {
    @Test("what is compressed comes back, for every kind of text, format and level")
    func roundTrips() throws {
        var random = SeededGenerator(seed: 7)
        for sample in Sample.allCases {
            for count in [0, 1, 2, 3, 4, 257, 258, 259, 260, 3_000, 20_000] {
                let bytes = sample.bytes(count, &random)
                for level in DeflateLevel.allCases {
                    let format = DeflateFormat.allCases[Int.random(in: 0..<3, using: &random)]
                    let bits = Int.random(in: 8...15, using: &random)
                    let stream = format.deflated(bytes, level: level, windowBits: bits)
                    let whole = try format.inflated([stream[...]], windowBits: bits)
                    #expect(whole == bytes, "\(sample), \(count) bytes, \(format), \(bits) bits")
                }
            }
        }
    }

    @Test("lengths around 64 KiB come back", arguments: [65_535, 65_536, 65_537, 131_072])
    func sixtyFourKiB(count: Int) throws {
        var random = SeededGenerator(seed: UInt64(count))
        for sample in [Sample.noise, .words] {
            let bytes = sample.bytes(count, &random)
            let stream = DeflateFormat.gzip.deflated(bytes)
            let whole = try DeflateFormat.gzip.inflated([stream[...]])
            #expect(whole == bytes)
            #expect(stream.count < count + 18 + count / 1_000 + 10)
        }
    }

    @Test("input in pieces of any size, flushed now and then, comes back")
    func pieces() throws {
        for seed in UInt64(0)..<20 {
            var random = SeededGenerator(seed: seed)
            let sample = Sample.allCases.randomElement(using: &random) ?? .words
            let bits = Int.random(in: 8...15, using: &random)
            let bytes = sample.bytes(Int.random(in: 0..<30_000, using: &random), &random)
            var deflater = Deflater(.zlib, windowBits: bits)
            var inflater = Inflater(.zlib, windowBits: bits, limit: bytes.count)
            var (rest, whole) = (bytes[...], [UInt8]())
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 0...4_000, using: &random))
                rest = rest.dropFirst(piece.count)
                let isFlushed = Bool.random(using: &random)
                inflater.feed(deflater.compress(piece, flush: isFlushed ? .sync : .none)[...])
                while let next = try inflater.nextPiece() { whole += next }
                if isFlushed { #expect(whole.count == bytes.count - rest.count, "seed \(seed)") }
            }
            whole += try inflater.whole([deflater.compress([], flush: .finish)[...]])
            #expect(whole == bytes, "seed \(seed)")
        }
    }

    @Test("a compressor can be used again after the end of a stream")
    func again() throws {
        var deflater = Deflater(.gzip)
        let text = Array("the same text, twice".utf8)
        let first = deflater.compress(text[...], flush: .finish)
        let second = deflater.compress(text[...], flush: .finish)
        #expect(first == second)
        let whole = try DeflateFormat.gzip.inflated([(first + second)[...]])
        #expect(whole == text + text)
    }

    @Test("each kind of block is chosen where it is the shortest")
    func blocks() {
        func type(_ bytes: [UInt8]) -> Int {
            Int(DeflateFormat.raw.deflated(bytes)[0] >> 1 & 3)
        }
        var random = SeededGenerator(seed: 3)
        #expect(type(Sample.noise.bytes(1_000, &random)) == BlockType.stored.rawValue)
        #expect(type(Array("Hello".utf8)) == BlockType.fixed.rawValue)
        #expect(type(Sample.letters.bytes(1_000, &random)) == BlockType.dynamic.rawValue)
    }

    @Test("a match reaches as far back as the window allows, and is found")
    func reach() {
        var random = SeededGenerator(seed: 5)
        let part = Sample.noise.bytes(500, &random)
        for (bits, distance) in [(9, 505), (10, 1_020), (12, 4_000), (15, 32_500)] {
            let between = Sample.noise.bytes(distance - part.count, &random)
            let with = DeflateFormat.raw.deflated(part + between + part, windowBits: bits)
            #expect(with.count < part.count + between.count + 100, "\(bits) bits")
        }
    }

    @Test("long matches may leave the smallest window as a whole, wherever it ends")
    func longMatches() throws {
        var random = SeededGenerator(seed: 8)
        let noise = Sample.noise.bytes(256, &random)
        for start in 0...256 {
            let bytes = noise.prefix(start) + [UInt8](repeating: 7, count: 10_000)
            let stream = DeflateFormat.raw.deflated(Array(bytes), windowBits: 8)
            let whole = try DeflateFormat.raw.inflated([stream[...]], windowBits: 8)
            #expect(whole == Array(bytes))
        }
    }

    @Test("memory is bounded, and what is held is what the head of the file says")
    func memory() {
        for (bits, most) in [(9, 76 * 1_024), (15, 264 * 1_024)] {
            var random = SeededGenerator(seed: 9)
            var deflater = Deflater(.raw, windowBits: bits)
            for sample in Sample.allCases {
                _ = deflater.compress(sample.bytes(50_000, &random)[...])
                #expect(deflater.heldCount <= most, "\(bits) bits, \(sample)")
            }
        }
    }

    @Test("the lengths of codes make a complete code, are limited, and shorter for the frequent")
    func codeLengthsOfFibonacci() {
        // Huffman's codes for such frequencies are as long as they can be.
        var frequencies = [1, 1]
        while frequencies.count < 30 { frequencies.append(frequencies.suffix(2).reduce(0, +)) }
        for longest in [7, 15] {
            let lengths = codeLengths(frequencies, longest: longest)
            #expect(lengths.max() == UInt8(longest))
            #expect(lengths.reduce(0) { $0 + 1 << (longest - Int($1)) } == 1 << longest)
            #expect(lengths == lengths.sorted(by: >))
        }
    }

    @Test("even one symbol or none gets a code that is complete")
    func fewSymbols() {
        #expect(codeLengths([0, 0, 0], longest: 15) == [1, 1, 0])
        #expect(codeLengths([0, 0, 9], longest: 15) == [1, 0, 1])
        #expect(codeLengths([9, 0, 0], longest: 15) == [1, 1, 0])
    }

    @Test("codes are those of the standard's example")
    func exampleOfTheStandard() {
        // Spec: RFC 1951 §3.2.2. Here the first bit of a code is the lowest.
        let table = EncodingTable(lengths: [3, 3, 3, 3, 3, 2, 4, 4])
        let codes: [UInt16] = [0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111]
        #expect(table.codes == codes)
    }

    @Test("symbols of lengths and distances are those of the standard's tables")
    func symbols() {
        let lengths = [3: 257, 10: 264, 11: 265, 12: 265, 13: 266, 227: 284, 257: 284, 258: 285]
        for (length, symbol) in lengths {
            #expect(Int(Token.lengthSymbols[length - 3]) + 257 == symbol)
        }
        let distances = [1: 0, 4: 3, 5: 4, 6: 4, 7: 5, 193: 15, 24_577: 29, 32_768: 29]
        for (distance, symbol) in distances {
            #expect(Token.distanceSymbol(distance) == symbol)
        }
        for (symbol, range) in Alphabets.distances.enumerated() {
            #expect(Token.distanceSymbol(range.base) == symbol)
        }
    }
}
