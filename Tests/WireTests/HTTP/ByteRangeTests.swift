// Which part of a file a Range asks for. Vectors: RFC 9110 §14.1.2, §14.2, §14.4.

import HTTPWire
import Testing

@Suite("Byte ranges")
struct ByteRangeTests {
    private func part(
        _ lines: String..., method: String = "GET", of body: String = "0123456789"
    ) throws -> (status: Int, range: String?, body: String) {
        var whole = HTTPResponse(status: .ok, body: Array(body.utf8))
        whole.fields.add("Accept-Ranges", "bytes")
        whole.fields.add("ETag", "\"a\"")
        let fields = lines.map { "\($0)\r\n" }.joined()
        let request = "\(method) / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
        let head = try #require(decodeRequests(request).last).head
        let part = whole.part(for: head)
        let text = String(decoding: part.body, as: UTF8.self)
        return (part.status.code, part.fields["Content-Range"], text)
    }

    @Test(
        "from, to, from on, and the last: one range is answered with its bytes and their place",
        arguments: [
            ("bytes=0-3", "0-3", "0123"), ("bytes=4-", "4-9", "456789"), ("bytes=9-9", "9-9", "9"),
            ("bytes=-3", "7-9", "789"), ("bytes=5-99", "5-9", "56789"),
            ("bytes=-99", "0-9", "0123456789"), ("BYTES= 0-0 ", "0-0", "0"),
            ("bytes=8-99999999999999999999999999", "8-9", "89"),
        ])
    func parts(field: String, range: String, body: String) throws {
        let answer = try part("Range: \(field)")
        #expect(answer.status == 206)
        #expect(answer.range == "bytes \(range)/10")
        #expect(answer.body == body)
    }

    @Test(
        "bytes that the file does not have are 416, with its length",
        arguments: ["bytes=10-", "bytes=10-11", "bytes=-0", "bytes=99999999999999999999999999-"])
    func outside(field: String) throws {
        let answer = try part("Range: \(field)")
        #expect(answer.status == 416)
        #expect(answer.range == "bytes */10")
        #expect(answer.body == "")
    }

    @Test(
        "several ranges, another unit, and what is no range get the whole",
        arguments: [
            "bytes=0-1,3-4", "bytes=0-1, ", "bytes=3-2", "bytes=-", "bytes=", "bytes", "lines=0-1",
            "bytes=a-b", "bytes=0x0-1", "bytes=1", "bytes=--1", "bytes=1-2-3", "bytes=+1-2", "",
        ])
    func whole(field: String) throws {
        let answer = try part("Range: \(field)")
        #expect(answer.status == 200)
        #expect(answer.range == nil)
        #expect(answer.body == "0123456789")
    }

    @Test("two Range fields, HEAD, POST and an empty file get the whole as well")
    func wholeOtherwise() throws {
        #expect(try part("Range: bytes=0-0", "Range: bytes=1-1").status == 200)
        #expect(try part("Range: bytes=0-0", method: "HEAD").status == 200)
        #expect(try part("Range: bytes=0-0", method: "POST").status == 200)
        #expect(try part("Range: bytes=0-", of: "").status == 200)
        #expect(try part("Range: bytes=-5", of: "").status == 200)
        #expect(try part().status == 200)
    }

    @Test("If-Range lets a part out of the state that it names, and of no other")
    func condition() throws {
        #expect(try part("Range: bytes=0-3", "If-Range: \"a\"").status == 206)
        let others = ["\"b\"", "W/\"a\"", "a", "*", "", "Sun, 06 Nov 1994 08:49:37 GMT"]
        for other in others {
            let answer = try part("Range: bytes=0-3", "If-Range: \(other)")
            #expect(answer.status == 200, "\(other)")
            #expect(answer.body == "0123456789")
        }
    }

    @Test("an answer that does not offer parts is given whole")
    func offered() throws {
        let request = "GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=0-0\r\n\r\n"
        let head = try #require(decodeRequests(request).last).head
        let whole = HTTPResponse(status: .ok, body: Array("ok".utf8))
        #expect(whole.part(for: head).status == .ok)
    }
}
