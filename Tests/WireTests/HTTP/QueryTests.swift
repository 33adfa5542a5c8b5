// In: targets with queries. Out: their items as a form sends them. What is wrong in a query is
// never an error: it is data for a handler. Spec: WHATWG URL §5.1. Next: FieldLineTests.swift.

import HTTPWire
import Testing

@Suite("Query")
struct QueryTests {
    private func items(_ query: String) throws -> [String] {
        let text = "GET /p?\(query) HTTP/1.1\r\nHost: a\r\n\r\n"
        let head = try #require(decodeRequests(text).last).head
        return head.queryItems.map { "\($0.name)→\($0.value)" }
    }

    @Test(
        "items are split at & and the first =, and decoded as a form's",
        arguments: [
            ("a=1&b=2", ["a→1", "b→2"]), ("a", ["a→"]), ("a=", ["a→"]), ("=1", ["→1"]),
            ("a=b=c", ["a→b=c"]), ("&&a=1&", ["a→1"]), ("", []), ("a+b=c+d", ["a b→c d"]),
            ("n=%41%2B%26%3D", ["n→A+&="]), ("n=caf%C3%A9", ["n→café"]), ("a=1?b=2", ["a→1?b=2"]),
        ])
    func split(query: String, expected: [String]) throws {
        #expect(try items(query) == expected)
    }

    @Test("the first of several items counts")
    func first() throws {
        let text = "GET /p?sid=1&x&sid=2 HTTP/1.1\r\nHost: a\r\n\r\n"
        let head = try #require(decodeRequests(text).last).head
        #expect(head.queryValue("sid") == "1")
        #expect(head.queryValue("x")?.isEmpty == true)
        #expect(head.queryValue("si") == nil)
        #expect(head.queryBytes(named: "sid").map(Array.init) == Array("1".utf8))
        #expect(head.queryBytes(named: "s") == nil)
    }

    @Test("bytes that are not UTF-8 are repaired")
    func repaired() throws {
        #expect(try items("a=%FF") == ["a→\u{FFFD}"])
    }
}
