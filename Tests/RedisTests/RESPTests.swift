// RESP both ways: each type, each cut, each limit. Spec: RESP specification.
// Next: MessagePackTests.swift.

import RESPWire
import TestSupport
import Testing

@Suite("RESP")
struct RESPTests {
    nonisolated static let values: [(String, RESPValue)] = [
        ("+OK\r\n", .simple("OK")),
        ("+\r\n", .simple("")),
        ("-ERR no such key\r\n", .error(RESPError("ERR no such key"))),
        (":1000\r\n", .integer(1000)),
        (":-9223372036854775808\r\n", .integer(.min)),
        ("$5\r\nhe\r\no\r\n", .bulk(Array("he\r\no".utf8))),
        ("$0\r\n\r\n", .bulk([])),
        ("*0\r\n", .array([])),
        ("*2\r\n:1\r\n*1\r\n$1\r\na\r\n", .array([.integer(1), .array([.bulk([0x61])])])),
        ("_\r\n", .null),
        ("#t\r\n", .boolean(true)),
        ("#f\r\n", .boolean(false)),
        (",1.5\r\n", .double(1.5)),
        (",-inf\r\n", .double(-.infinity)),
        (
            "(3492890328409238509324850943850943825024385\r\n",
            .bigNumber("3492890328409238509324850943850943825024385")
        ),
        ("=8\r\ntxt:some\r\n", .verbatim("txt", Array("some".utf8))),
        ("%1\r\n+a\r\n*1\r\n_\r\n", .map([.init(.simple("a"), .array([.null]))])),
        ("~2\r\n:1\r\n#t\r\n", .set([.integer(1), .boolean(true)])),
        (
            ">3\r\n+message\r\n$1\r\nc\r\n$0\r\n\r\n",
            .push([.simple("message"), .bulk([0x63]), .bulk([])])
        ),
    ]

    /// What only comes, and goes out in another form.
    nonisolated static let read: [(String, RESPValue)] = [
        ("$-1\r\n", .null),
        ("*-1\r\n", .null),
        ("*2\r\n$-1\r\n*-1\r\n", .array([.null, .null])),
        (":+7\r\n", .integer(7)),
        (",1e3\r\n", .double(1000)),
        (",10\r\n", .double(10)),
        (",inf\r\n", .double(.infinity)),
        ("!8\r\nERR a\r\nb\r\n", .error(RESPError("ERR a\r\nb"))),
        ("$?\r\n;4\r\nHell\r\n;1\r\no\r\n;0\r\n\r\n", .bulk(Array("Hello".utf8))),
        ("*?\r\n:1\r\n*?\r\n.\r\n.\r\n", .array([.integer(1), .array([])])),
        ("%?\r\n+a\r\n:1\r\n.\r\n", .map([.init(.simple("a"), .integer(1))])),
        ("|1\r\n+ttl\r\n:3\r\n:5\r\n", .integer(5)),
        ("*2\r\n|1\r\n+ttl\r\n:3\r\n:1\r\n|0\r\n:2\r\n", .array([.integer(1), .integer(2)])),
    ]

    @Test("each type is read and written", arguments: values)
    func bothWays(wire: String, value: RESPValue) throws {
        #expect(try decode(wire) == [value])
        #expect(text(RESPEncoder.encode(value)) == wire)
    }

    @Test("older, streamed and annotated forms are read", arguments: read)
    func olderForms(wire: String, value: RESPValue) throws {
        #expect(try decode(wire) == [value])
    }

    @Test("nan is read and written")
    func notANumber() throws {
        guard case .double(let number)? = try decode(",nan\r\n").first else {
            Issue.record("no number")
            return
        }
        #expect(number.isNaN)
        #expect(text(RESPEncoder.encode(.double(number))) == ",nan\r\n")
    }

    @Test("values in a row come out in order, however the bytes are cut")
    func everyCut() throws {
        let all = Self.values + Self.read
        let wire = Array(all.map(\.0).joined().utf8)
        for pieces in cuts(of: wire) {
            var decoder = RESPDecoder()
            var seen: [RESPValue] = []
            for piece in pieces {
                decoder.feed(piece)
                while let value = try decoder.next() { seen.append(value) }
            }
            #expect(seen == all.map(\.1))
            #expect(decoder.bufferedCount == 0)
        }
    }

    @Test("version 2 writes what it has in place of newer types")
    func version2() {
        let value = RESPValue.array([
            .null, .boolean(true), .double(2), .map([.init(.simple("a"), .set([.integer(1)]))]),
            .push([]), .bigNumber("1"), .verbatim("txt", [0x78]),
        ])
        #expect(
            text(RESPEncoder.encode(value, .resp2))
                == "*7\r\n$-1\r\n:1\r\n$1\r\n2\r\n*2\r\n+a\r\n*1\r\n:1\r\n*0\r\n"
                + "$1\r\n1\r\n$1\r\nx\r\n"
        )
    }

    @Test("a line break in a short text ends no line")
    func lineBreaks() {
        #expect(text(RESPEncoder.encode(.simple("a\r\nb"))) == "+a  b\r\n")
        #expect(text(RESPEncoder.encode(.error(RESPError("ERR\n")))) == "-ERR \r\n")
    }

    @Test("a command is an array of bulk strings")
    func commands() {
        let command = RESPCommand("SET", "é", [0, 13, 10] as [UInt8], "PX", 100)
        let wire = "*5\r\n$3\r\nSET\r\n$2\r\né\r\n$3\r\n\0\r\n\r\n$2\r\nPX\r\n$3\r\n100\r\n"
        #expect(text(command.encoded) == wire)
    }

    @Test("what a caller asks of a value is there, in either version")
    func access() throws {
        let old = try decode("*2\r\n$1\r\na\r\n$2\r\n12\r\n")[0]
        let new = try decode("%1\r\n+a\r\n:12\r\n")[0]
        for value in [old, new] {
            #expect(value.pairs?.first?.key.text == "a")
            #expect(value.pairs?.first?.value.integer == 12)
        }
        #expect(RESPValue.array([.null]).pairs == nil)
        #expect(RESPError("NOAUTH Authentication required.").code == "NOAUTH")
    }

    // MARK: - What is refused

    @Test(
        "what is no value is refused with a reason",
        arguments: [
            ("HTTP/1.1 400 Bad Request\r\n", "is it Redis"), ("\r\n", "empty"),
            (":12a\r\n", "no integer"), (":\r\n", "no integer"),
            (":9223372036854775808\r\n", "no integer"), ("$x\r\n", "no length"),
            ("$-2\r\n", "no length"), ("*-2\r\n", "no length"), ("_x\r\n", "begins no value"),
            ("#x\r\n", "begins no value"), (",0x1p3\r\n", "no number"), (",\r\n", "no number"),
            ("(1.5\r\n", "no big number"), ("=3\r\nabc\r\n", "no format"),
            ("=6\r\né1:xy\r\n", "no format"),
            ("$1\r\nabc\r\n", "does not end"), (".\r\n", "nothing was streamed"),
            (";1\r\na\r\n", "no string was streamed"), ("$?\r\n:1\r\n", "only chunks"),
            ("%?\r\n:1\r\n.\r\n", "behind a key"), ("*1\r\n.\r\n", "nothing was streamed"),
            ("$1000000001\r\n", "over the"), ("*1000001\r\n", "more than"),
            ("*99999999999999999999\r\n", "more than"),
        ])
    func refused(wire: String, reason: String) {
        for pieces in cuts(of: Array(wire.utf8)) {
            var decoder = RESPDecoder()
            let error = #expect(throws: RESPProtocolError.self) {
                for piece in pieces {
                    decoder.feed(piece)
                    while try decoder.next() != nil {}
                }
            }
            #expect(error?.description.contains(reason) == true, "\(wire): \(error as Any)")
        }
    }

    @Test("depth, lines, elements and bytes have limits")
    func limits() throws {
        var limits = RESPLimits()
        (limits.depth, limits.line, limits.elements, limits.total) = (3, 10, 4, 8)
        let good = ["*1\r\n*1\r\n*0\r\n", "+123456789\r\n", "*2\r\n:1\r\n*2\r\n:1\r\n:2\r\n"]
        // The inner array is an element too.
        limits.elements = 5
        for wire in good { #expect(try decode(wire, limits).count == 1) }
        let bad = [
            "*1\r\n*1\r\n*1\r\n*0\r\n", "+1234567890\r\n", "+12345678901",
            "*3\r\n:1\r\n:2\r\n*3\r\n:1\r\n:1\r\n:1\r\n",
            "*?\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n",
            "*2\r\n$5\r\nabcde\r\n$4\r\nabcd\r\n", "$?\r\n;5\r\nabcde\r\n;4\r\nabcd\r\n",
        ]
        for wire in bad {
            #expect(throws: RESPProtocolError.self, "\(wire)") { try decode(wire, limits) }
        }
        // They are counted anew for each value.
        #expect(try decode("$5\r\nabcde\r\n$4\r\nabcd\r\n", limits).count == 2)
    }

    @Test("a long array that comes in pieces is read in one go, not again and again")
    func manyPieces() throws {
        let count = 100_000
        var decoder = RESPDecoder()
        decoder.feed(Array("*\(count)\r\n".utf8)[...])
        let element = Array("$3\r\nabc\r\n".utf8)
        for _ in 1..<count {
            decoder.feed(element[...])
            #expect(try decoder.next() == nil)
            #expect(decoder.bufferedCount == 0)
        }
        decoder.feed(element[...])
        #expect(try decoder.next()?.elements?.count == count)
    }

    @Test("no bytes end the process, and the cut makes no difference")
    func anything() {
        var random = SeededGenerator(seed: 20)
        let alphabet = Array("+-:$*_#,(!=%~>|;.?0123 aft\r\n".utf8)
        for _ in 0..<3_000 {
            var wire: [UInt8] = []
            for _ in 0..<Int.random(in: 1..<30, using: &random) {
                wire.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
                if Int.random(in: 0..<4, using: &random) == 0 { wire += [13, 10] }
            }
            let middle = Int.random(in: 0..<wire.count, using: &random)
            let whole = outcome([wire[...]])
            #expect(whole == outcome([wire[..<middle], wire[middle...]]), "\(text(wire))")
        }
    }

    private func outcome(_ pieces: [ArraySlice<UInt8>]) -> [String] {
        var decoder = RESPDecoder()
        var seen: [String] = []
        do {
            for piece in pieces {
                decoder.feed(piece)
                while let value = try decoder.next() { seen.append("\(value)") }
            }
        } catch {
            seen.append("\(error)")
        }
        return seen
    }
}

func decode(_ wire: String, _ limits: RESPLimits = RESPLimits()) throws -> [RESPValue] {
    var decoder = RESPDecoder(limits: limits)
    decoder.feed(Array(wire.utf8)[...])
    var values: [RESPValue] = []
    while let value = try decoder.next() { values.append(value) }
    return values
}
