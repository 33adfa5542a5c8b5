// Traffic with bytes that were changed, lost or doubled: it may be told as malformed, and ends
// nothing. Next: Traffic.swift.

import Tap
import TestSupport
import Testing

@Suite("The tap decodes garbage")
nonisolated struct GarbageTests {
    private static let up =
        "HEAD / HTTP/1.1\r\nHost: a\r\n\r\nPOST /socket.io/?EIO=4&sid=s HTTP/1.1\r\nHost: a\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n5\r\n40\u{1E}bA\r\n2\r\n==\r\n0\r\n\r\n"
        + "GET /socket.io/?EIO=4&sid=s HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n"
    private static let down =
        "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
        + answer("ok") + "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"

    @Test("without an end of the process, and with numbers that follow each other")
    func garbage() {
        var random = SeededGenerator(seed: 19)
        let frames =
            masked(#"451-/a,7["photo",{"_placeholder":true,"num":0}]"#)
            + RawClient.frame(0x82, [1, 2, 3]) + masked("4", first: 0x01)
            + masked(#"2["é"]"#, first: 0x80) + RawClient.frame(0x88, [3, 0xE8, 0x61])
        let ways = [
            Array(Self.up.utf8) + frames, Array(Self.down.utf8) + frames + plain("2probe"),
        ]
        for _ in 0..<1_000 {
            var traffic = Traffic()
            var rest = ways.map { spoilt($0, &random)[...] }
            while !rest.allSatisfy(\.isEmpty) {
                let way = Int.random(in: 0...1, using: &random)
                let piece = rest[way].prefix(Int.random(in: 1...200, using: &random))
                rest[way] = rest[way].dropFirst(piece.count)
                traffic.happens(.bytes(piece, way == 0 ? .toServer : .toVisitor))
            }
            traffic.happens(.ended(.toServer))
            traffic.happens(.ended(.toVisitor))
            let numbers = traffic.observations.map(\.number)
            #expect(numbers == Array(1...numbers.count))
            #expect(traffic.observations.filter { $0.kind == .undecodable }.count <= 2)
        }
    }

    /// Up to three bytes are changed, lost or doubled.
    private func spoilt(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: bytes[index] = .random(in: 0...255, using: &random)
            case 1: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 2: bytes.remove(at: index)
            default: bytes.insert(bytes[index], at: index)
            }
        }
        return bytes
    }
}
