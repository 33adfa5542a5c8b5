// In: what clients offer, what a server wants. Out: the answer, and what both then do.
// Next: Sources/Wire/Deflate/DeflateNegotiation.swift.

import DeflateWire
import Testing

@Suite("Deflate: negotiation", .heavy)
struct DeflateNegotiationTests {
    private typealias Row = (
        offer: String, options: MessageDeflateOptions, answer: String?
    )

    private static func options(
        _ serverDrops: Bool? = nil, _ clientDrops: Bool? = nil, _ serverBits: Int? = nil,
        _ clientBits: Int? = nil
    ) -> MessageDeflateOptions {
        var options = MessageDeflateOptions()
        options.serverNoContextTakeover = serverDrops
        options.clientNoContextTakeover = clientDrops
        options.serverMaxWindowBits = serverBits
        options.clientMaxWindowBits = clientBits
        return options
    }

    private static let plain = "permessage-deflate"
    private static let serverDrops = "permessage-deflate; server_no_context_takeover"
    private static let clientDrops = "permessage-deflate; client_no_context_takeover"
    private static let anyBits = "permessage-deflate; client_max_window_bits"
    private static let rows: [Row] = [
        (plain, options(), plain),
        // A browser's offer.
        (anyBits, options(), plain),
        (
            anyBits, options(nil, nil, 10, 11),
            "permessage-deflate; server_max_window_bits=10; client_max_window_bits=11"
        ),
        (
            plain, options(true, true),
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        ),
        (serverDrops, options(), serverDrops),
        (serverDrops, options(false), nil),
        (clientDrops, options(nil, false), clientDrops),
        (
            "permessage-deflate; server_max_window_bits=12", options(),
            "permessage-deflate; server_max_window_bits=12"
        ),
        (
            "permessage-deflate; server_max_window_bits=12", options(nil, nil, 10),
            "permessage-deflate; server_max_window_bits=10"
        ),
        ("permessage-deflate; server_max_window_bits=9", options(nil, nil, 10), nil),
        (
            "permessage-deflate; client_max_window_bits=12", options(),
            "permessage-deflate; client_max_window_bits=12"
        ),
        (
            "permessage-deflate; client_max_window_bits=9", options(nil, nil, nil, 12),
            "permessage-deflate; client_max_window_bits=9"
        ),
        // It does not know the parameter, so it must not be told.
        (plain, options(nil, nil, nil, 12), nil),
        // The first offer that can be done; Spec: RFC 7692 §7.1.3.
        (
            "permessage-deflate; server_max_window_bits=9, permessage-deflate",
            options(nil, nil, 10), "permessage-deflate; server_max_window_bits=10"
        ),
        // Others are passed over; so are empty elements; values may be in quotes.
        (
            ",x; a=\"b\" , , permessage-deflate;server_max_window_bits = \"1\\0\" ",
            options(), "permessage-deflate; server_max_window_bits=10"
        ),
        ("x-webkit-deflate-frame", options(), nil),
        ("", options(), nil),
    ]

    @Test("a server answers the first offer that it can do", arguments: rows.indices)
    func answers(row: Int) throws {
        let (offer, options, answer) = Self.rows[row]
        let agreement = try MessageDeflateAgreement.accept(offer, options)
        #expect(agreement?.parameters.header == answer)
    }

    private static let wrongOffers: [(String, ExtensionError)] = [
        ("permessage-deflate; x", .unknownParameter("x")),
        (
            "permessage-deflate; server_max_window_bits",
            .invalidValue(parameter: "server_max_window_bits")
        ),
        (
            "permessage-deflate; server_max_window_bits=7",
            .invalidValue(parameter: "server_max_window_bits")
        ),
        (
            "permessage-deflate; client_max_window_bits=16",
            .invalidValue(parameter: "client_max_window_bits")
        ),
        (
            "permessage-deflate; client_max_window_bits=010",
            .invalidValue(parameter: "client_max_window_bits")
        ),
        (
            "permessage-deflate; server_no_context_takeover=1",
            .invalidValue(parameter: "server_no_context_takeover")
        ),
        (
            "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
            .repeatedParameter("client_no_context_takeover")
        ),
    ]

    @Test(
        "an offer that breaks the rules is passed over, and the next one taken",
        arguments: wrongOffers)
    func passesOver(field: String, error: ExtensionError) throws {
        let options = MessageDeflateOptions()
        #expect(try MessageDeflateAgreement.accept(field, options) == nil)
        let agreement = try MessageDeflateAgreement.accept("\(field), \(Self.plain)", options)
        #expect(agreement?.parameters.header == Self.plain)
        // A server that answers so is told.
        #expect(throws: error) { try MessageDeflateAgreement.confirm(field, offered: options) }
        #expect(!error.description.isEmpty)
    }

    private static let wrong: [(String, ExtensionError)] = [
        ("permessage-deflate;", .malformed), ("a b", .malformed), (";", .malformed),
        ("a; b=", .malformed), ("a; b=\"", .malformed), ("a; b=\"c", .malformed),
        ("a; b=\"\"", .malformed), ("a; b=\"c d\"", .malformed), ("a; b=\"c\\", .malformed),
        ("é", .malformed),
    ]

    @Test("a field that breaks the rules is refused with what is wrong", arguments: wrong)
    func refusals(field: String, error: ExtensionError) {
        #expect(throws: error) {
            try MessageDeflateAgreement.accept(field, MessageDeflateOptions())
        }
        #expect(!error.description.isEmpty)
    }

    @Test("a client offers what it wants")
    func offers() {
        let offer = { MessageDeflateAgreement.offer($0).header }
        #expect(offer(Self.options()) == Self.anyBits)
        #expect(
            offer(Self.options(true, true, 10, 9))
                == "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                + "server_max_window_bits=10; client_max_window_bits=9")
    }

    private static let confirmed: [(String, MessageDeflateOptions, ExtensionError?)] = [
        (plain, options(), nil),
        ("permessage-deflate; client_max_window_bits=9", options(), nil),
        (anyBits, options(), .invalidValue(parameter: "client_max_window_bits")),
        ("\(plain), \(plain)", options(), .severalAccepted),
        ("\(plain), x", options(), .notOffered("x")),
        (
            "permessage-deflate; client_max_window_bits=12", options(nil, nil, nil, 10),
            .notAgreed(parameter: "client_max_window_bits=12")
        ),
        (clientDrops, options(nil, false), .notAgreed(parameter: "client_no_context_takeover")),
        (plain, options(true), .notAgreed(parameter: "no server_no_context_takeover")),
        (plain, options(nil, nil, 12), .notAgreed(parameter: "no server_max_window_bits=12")),
    ]

    @Test("a client refuses an answer that does not fit its offer", arguments: confirmed.indices)
    func confirmations(row: Int) throws {
        let (field, options, error) = Self.confirmed[row]
        if let error {
            #expect(throws: error) {
                try MessageDeflateAgreement.confirm(field, offered: options)
            }
        } else {
            let agreement = try MessageDeflateAgreement.confirm(field, offered: options)
            #expect(agreement?.parameters.header == field)
        }
    }

    @Test("no answer means no compression")
    func noAnswer() throws {
        let agreement = try MessageDeflateAgreement.confirm("", offered: MessageDeflateOptions())
        #expect(agreement == nil)
    }

    @Test("both sides keep to what they agreed on", arguments: rows.indices)
    func bothSides(row: Int) throws {
        let (offer, options, _) = Self.rows[row]
        guard let server = try MessageDeflateAgreement.accept(offer, options) else { return }
        let client = try #require(
            try MessageDeflateAgreement.confirm(
                server.parameters.header, offered: MessageDeflateOptions()))
        for isServer in [true, false] {
            let (sender, receiver) = isServer ? (server, client) : (client, server)
            var compressor = sender.compressor(isServer: isServer)
            var decompressor = receiver.decompressor(isServer: !isServer, limit: 100_000)
            for message in 0..<5 {
                let text = (0..<8_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 6 ^ message) }
                let whole = try decompressor.message(compressor.endMessage(text[...]))
                #expect(whole == text)
            }
        }
    }

    @Test("the context is dropped where that was agreed on")
    func context() throws {
        let hello = Array("Hello".utf8)
        let agreement = try #require(
            try MessageDeflateAgreement.accept(Self.serverDrops, MessageDeflateOptions()))
        var server = agreement.compressor(isServer: true)
        var client = agreement.compressor(isServer: false)
        let first = server.endMessage(hello[...])
        let second = server.endMessage(hello[...])
        #expect(first == second)
        #expect(client.endMessage(hello[...]) == first)
        #expect(client.endMessage(hello[...]).count < first.count)
    }
}
