// Addresses as texts, and as the system has them.

import EngineSockets
import Testing

@Suite("Addresses")
struct AddressTests {
    @Test(
        "an address has one spelling, however it was written",
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("0:0:0:0:0:0:0:1", "::1"),
            ("2001:DB8:0:0::0001", "2001:db8::1"), ("::ffff:10.0.0.1", "10.0.0.1"),
            ("::ffff:a00:1", "10.0.0.1"),
        ])
    func spelling(text: String, host: String) throws {
        #expect(try #require(SocketAddress(literal: text)).host == host)
    }

    @Test(
        "what is no address is none",
        arguments: ["", "localhost", "127.1", "1.2.3.4.5", "[::1]", ":::1", "127.0.0.1:80"])
    func none(text: String) { #expect(SocketAddress(literal: text) == nil) }

    @Test("some addresses are of this machine alone, and some are all that it has")
    func meaning() throws {
        for text in ["127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1"] {
            #expect(try #require(SocketAddress(literal: text)).isLoopback, "\(text)")
        }
        for text in ["128.0.0.1", "0.0.0.0", "::", "::2", "1::1", "::7f00:1"] {
            #expect(try !#require(SocketAddress(literal: text)).isLoopback, "\(text)")
        }
        for text in ["0.0.0.0", "::"] {
            #expect(try #require(SocketAddress(literal: text)).isWildcard, "\(text)")
        }
        #expect(try !#require(SocketAddress(literal: "::1")).isWildcard)
    }
}
