// Requests, responses, polls and the ends of connections, as the tap tells of them.
// Next: FrameObservationTests.swift.

import Tap
import Testing

@Suite("The tap decodes HTTP")
nonisolated struct HTTPObservationTests {
    @Test("a request and its response are a pair, with their lines as layers")
    func pair() throws {
        var traffic = Traffic()
        traffic.up("GET /?a=1 HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
        let request = try #require(traffic.last)
        #expect(request.kind == .request)
        #expect(request.summary == "GET /?a=1")
        #expect(request.layer("HTTP request/request line")?.meaning == "GET /?a=1 HTTP/1.1")
        #expect(request.text("HTTP request/Accept") == "Accept: text/html")
        #expect(request.content == nil)
        traffic.down("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")
        let response = try #require(traffic.last)
        #expect(response.kind == .response)
        #expect(response.answers == request.number)
        #expect(response.summary == "404 Not Found")
        #expect(response.text("HTTP response/body") == "no")
        #expect(response.content?.count == 2)
        #expect(traffic.problems.isEmpty)
    }

    @Test("pipelined requests are answered in their order, wherever the bytes are cut")
    func pipelined() {
        let requests =
            "HEAD /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
            + "POST /3 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
            + "POST /4 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
        let responses =
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "1\r\nx\r\n2\r\nyz\r\n0\r\n\r\n"
            + "HTTP/1.1 100 Continue\r\n\r\n"
            + "HTTP/1.1 204 No Content\r\n\r\n" + answer("ok")
        var whole = Traffic()
        whole.up(requests)
        whole.down(responses)
        #expect(whole.problems.isEmpty)
        #expect(
            whole.summaries == [
                "A connects", "HEAD /1", "GET /2", "POST /3", "POST /4", "200 OK", "200 OK",
                "100 Continue", "204 No Content", "200 OK",
            ])
        #expect(whole.observations.map(\.answers) == [nil, nil, nil, nil, nil, 2, 3, 4, 4, 5])
        #expect(whole.observations[6].content.map { Array($0.bytes) } == Array("xyz".utf8))
        #expect(whole.observations[4].content.map { Array($0.bytes) } == Array("abc".utf8))
        let (up, down) = (Array(requests.utf8), Array(responses.utf8))
        for cut in 1..<max(up.count, down.count) {
            var traffic = Traffic()
            traffic.up(Array(up.prefix(cut)))
            traffic.up(Array(up.dropFirst(cut)))
            traffic.down(Array(down.prefix(cut)))
            traffic.down(Array(down.dropFirst(cut)))
            #expect(traffic.observations == whole.observations, "cut at \(cut)")
        }
    }

    @Test("polls carry packets: texts, binaries as base64, and attachments in the next poll")
    func polling() {
        var traffic = Traffic()
        traffic.poll(#"0{"sid":"s"}"#)
        #expect(traffic.last?.summary == #"200 OK: open {"sid":"s"}"#)
        traffic.up(
            "POST /socket.io/?EIO=4&transport=polling&sid=s HTTP/1.1\r\nHost: a\r\n"
                + "Content-Length: 10\r\n\r\n40\u{1E}42[\"a\"]")
        #expect(traffic.last?.summary.hasSuffix(#": connect, event ["a"]"#) == true)
        #expect(
            traffic.last?.layers.map(\.name) == [
                "HTTP request", "Engine.IO packet", "Engine.IO packet",
            ])
        #expect(traffic.last?.layers.last?.start == 3)
        traffic.down(answer("ok"))
        #expect(traffic.last?.summary == "200 OK")
        let placeholders = #"{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}"#
        traffic.poll("452-[\"photo\",\(placeholders)]\u{1E}bAQID")
        let number = traffic.last?.number
        #expect(traffic.last?.belongsTo == nil)
        traffic.happens(.ended(.toServer))
        traffic.happens(.ended(.toVisitor))
        traffic.connection = 2
        traffic.happens(.opened)
        traffic.poll("bBA==")
        #expect(traffic.last?.belongsTo == number)
        #expect(traffic.last?.summary.contains("attachment 2 of 2, 1 bytes") == true)
        traffic.poll("2")
        #expect(traffic.last?.isHeartbeat == true)
        #expect(traffic.problems.isEmpty)
        traffic.poll("b???")
        #expect(traffic.problems == ["a binary packet in a payload was not valid base64"])
        traffic.poll("42[\"a\"]\u{1E}")
        #expect(traffic.problems.last?.hasPrefix("an Engine.IO packet was empty") == true)
    }

    @Test("of a body with very many packets the first thousand are shown")
    func flood() {
        var traffic = Traffic()
        traffic.poll(String(repeating: "2\u{1E}", count: 5_000) + "2")
        #expect(traffic.last?.content?.count == 10_001)
        #expect(traffic.last?.layers.count == 1_001)
        #expect(traffic.last?.summary.utf8.count ?? 0 < 300)
        #expect(traffic.last?.isHeartbeat == true)
    }

    @Test("what is no HTTP is told once with its bytes, and the other way goes on")
    func malformed() {
        var traffic = Traffic()
        traffic.up("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nbad field\r\n\r\n")
        #expect(traffic.last?.kind == .undecodable)
        #expect(traffic.problems.count == 1)
        #expect(traffic.last?.wire.count == 29)
        traffic.up("more")
        #expect(traffic.problems.count == 1)
        traffic.down(answer("ok"))
        #expect(traffic.last?.summary == "200 OK")
        traffic.down("nonsense\r\n\r\n")
        #expect(traffic.last?.kind == .undecodable)
        #expect(traffic.problems.last?.hasPrefix("expected a line like") == true)
        traffic.down(answer("ok"))
        #expect(traffic.problems.count == 2)
    }

    @Test("a refused upgrade leaves HTTP as it was")
    func refusedUpgrade() {
        var traffic = Traffic()
        traffic.up("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n")
        traffic.up("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        traffic.down("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        #expect(traffic.summaries.suffix(2) == ["400 Bad Request", "GET /2"])
        traffic.down(answer("ok"))
        #expect(traffic.last?.answers == traffic.observations[3].number)
    }

    @Test("ends and resets are told, and an end in the middle of something is a problem")
    func ends() {
        var traffic = Traffic()
        traffic.up("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        traffic.happens(.ended(.toServer))
        traffic.down("HTTP/1.0 200 OK\r\n\r\nuntil the end")
        #expect(traffic.last?.kind == .ended)
        traffic.happens(.ended(.toVisitor))
        #expect(traffic.observations.map(\.kind).suffix(3) == [.ended, .response, .ended])
        #expect(traffic.problems.isEmpty)
        var cut = Traffic.webSocket()
        cut.up([0x81])
        cut.happens(.ended(.toServer))
        #expect(cut.problems == ["the end came in the middle of a message"])
        cut.happens(.reset(.toVisitor))
        #expect(cut.last?.kind == .reset)
        var refused = Traffic()
        refused.happens(.refused("nothing listens"))
        #expect(refused.last?.problems == ["nothing listens"])
    }

    @Test("a compressed body is not looked into, and a changed response is marked, the next is not")
    func marked() {
        var traffic = Traffic()
        for _ in 0..<2 {
            traffic.up("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n")
        }
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n"
        traffic.happens(.bytes(Array(head.utf8)[...], .toVisitor, isChanged: true))
        traffic.down("??")
        #expect(traffic.last?.isChanged == true)
        #expect(traffic.last?.summary == "200 OK: (compressed)")
        traffic.down(answer("6"))
        #expect(traffic.last?.isChanged == false)
        #expect(traffic.last?.summary == "200 OK: noop")
        #expect(traffic.problems.isEmpty)
    }
}
