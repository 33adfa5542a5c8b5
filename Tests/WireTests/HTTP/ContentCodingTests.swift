// Which compression a client likes best, by its own words. Spec: RFC 9110 §12.5.3.
// Next: Sources/Wire/HTTP/More/ContentCoding.swift.

import HTTPWire
import Testing

@Suite("Accept-Encoding")
struct ContentCodingTests {
    private static let rows: [(String, ContentCoding?)] = [
        // Browsers.
        ("gzip, deflate, br, zstd", .gzip), ("gzip, deflate", .gzip), ("deflate", .deflate),
        ("x-gzip", .gzip), ("GZIP", .gzip), ("*", .gzip), ("br", nil), ("", nil), (" , ,", nil),
        ("identity", nil),
        // Weights.
        ("gzip;q=0.5, deflate;q=0.8", .deflate), ("gzip ; Q=1.000 , deflate", .gzip),
        ("gzip;q=0", nil), ("gzip;q=0.0, *", .deflate), ("gzip;q=0, deflate;q=0", nil),
        ("*;q=0", nil), ("gzip;q=0.001", .gzip), ("gzip;q=0.5, *;q=0.9", .deflate),
        ("identity;q=0, *;q=0", nil), ("gzip;q=0.5, identity;q=0.6", nil),
        ("gzip;q=0.5, identity;q=0.5", .gzip), ("gzip;q=1.5, deflate;q=0.1", .gzip),
        // What is no weight rules out.
        ("gzip;q=", nil), ("gzip;q=2", nil), ("gzip;q=.5", nil), ("gzip;q=0.1234", nil),
        ("gzip;x=1", nil), ("gzip;q=0x1", nil), ("gzip;", nil), ("gzip;q=-1, deflate", .deflate),
    ]

    @Test("the client's favourite is chosen", arguments: rows.indices)
    func chooses(row: Int) {
        let (field, coding) = Self.rows[row]
        #expect(ContentCoding.preferred(by: field) == coding, "\(field)")
    }
}
