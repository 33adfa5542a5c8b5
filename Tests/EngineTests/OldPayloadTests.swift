// What clients of Engine.IO 3 send and get: the frames of polls and WebSockets, byte by byte.

import Engine
import Foundation
import TestSupport
import Testing

@Suite("Payloads of Engine.IO 3", .serialized, .closesServers)
struct OldPayloadTests {
    private func post(
        _ client: RawClient, _ target: String, bytes: [UInt8]
    ) async throws -> RawClient.Answer {
        let head =
            "POST \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(bytes.count)\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n"
        client.send(Array(head.utf8) + bytes)
        return try await client.answer()
    }

    @Test("lengths count UTF-16 code units, both ways")
    func lengths() async throws {
        let fixture = try OldServer.fixture()
        let client = try OldServer.client(fixture)
        let target = try await OldServer.open(client)
        let body = "14:42[\"text\",\"ü\"]18:42[\"text\",\"🙂\u{2028}ab\"]"
        #expect(try await client.request("POST", target, body: body).text == "ok")
        #expect(
            try await client.request("GET", target).text
                == "14:42[\"back\",\"ü\"]18:42[\"back\",\"🙂\u{2028}ab\"]")
    }

    @Test(
        "a body that cannot be read ends the session",
        arguments: [
            "", "4", ":4", "5:4a", "1:4a", "a:4a", "1:9", "-1:4", "99999999999999999999:4", "2:4🙂",
            "4:b4*=", "2:b4🙂",
        ])
    func badBody(body: String) async throws {
        let fixture = try OldServer.fixture()
        let client = try OldServer.client(fixture)
        let target = try await OldServer.open(client)
        // What is read right is no event, and ends the session as well; but with "ok".
        #expect(try await client.request("POST", target, body: body).status == 400)
        #expect(try await client.request("GET", target).text.contains("\"code\":1"))
    }

    @Test(
        "bytes that cannot be read end the session",
        arguments: [
            [], [0], [0, 255], [0, 1], [0, 1, 255], [2, 1, 255, 0x33], [0, 10, 255, 0x33],
            [1, 1, 255, 5], [0, 2, 255, 0x34, 0xFF], [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 255, 0x33],
        ])
    func badBytes(body: [UInt8]) async throws {
        let fixture = try OldServer.fixture()
        let client = try OldServer.client(fixture)
        let target = try await OldServer.open(client)
        #expect(try await post(client, target, bytes: body).status == 400)
        #expect(try await client.request("GET", target).text.contains("\"code\":1"))
    }

    @Test("binary over polling: bytes in a frame of bytes, both ways")
    func binaryPolling() async throws {
        let fixture = try OldServer.fixture()
        let client = try OldServer.client(fixture)
        let target = try await OldServer.open(client)
        let event = Array("451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]".utf8)
        let attachment: [UInt8] = [1, 5, 255, 4, 0, 1, 2, 255]
        // 43 bytes of text: the digits are numbers, not characters.
        let sent = [0, 4, 3, 255] + event + attachment
        #expect(event.count == 43)
        #expect(try await post(client, target, bytes: sent).text == "ok")
        let answer = try await client.request("GET", target)
        #expect(answer.field("Content-Type") == "application/octet-stream")
        let back = Array("451-[\"back\",{\"_placeholder\":true,\"num\":0}]".utf8)
        #expect(answer.body == [0, 4, 2, 255] + back + attachment)
        // Text alone may come as bytes as well, and goes as text.
        let text = Array("42[\"text\",\"ü\"]".utf8)
        #expect(try await post(client, target, bytes: [0, 1, 5, 255] + text).text == "ok")
        let next = try await client.request("GET", target)
        #expect(next.field("Content-Type") == "text/plain; charset=UTF-8")
        #expect(next.text == "14:42[\"back\",\"ü\"]")
    }

    @Test("binary goes as base64 to clients that ask for it, over polling and WebSocket")
    func base64() async throws {
        let fixture = try OldServer.fixture()
        let client = try OldServer.client(fixture)
        let target = try await OldServer.open(client, "\(old)&b64=1")
        let event = "451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]"
        let back = "451-[\"back\",{\"_placeholder\":true,\"num\":0}]"
        let posted = try await client.request("POST", target, body: "43:\(event)6:b4AAEC")
        #expect(posted.text == "ok")
        #expect(try await client.request("GET", target).text == "42:\(back)6:b4AAEC")
        let socket = try await OldServer.openWebSocket(fixture, "\(oldWebSocket)&b64=1")
        socket.sendFrame(event)
        socket.sendFrame("b4AAEC")
        #expect(try await socket.text() == back)
        #expect(try await socket.text() == "b4AAEC")
    }

    @Test("binary over WebSocket has a 4 in front, both ways; without it the session ends")
    func binaryWebSocket() async throws {
        let fixture = try OldServer.fixture()
        let client = try await OldServer.openWebSocket(fixture)
        client.sendFrame("451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]")
        client.send(RawClient.frame(0x82, [4, 0, 1, 2]))
        #expect(try await client.text() == "451-[\"back\",{\"_placeholder\":true,\"num\":0}]")
        let frame = try await client.frame()
        #expect(frame.first == 0x82)
        #expect(frame.payload == [4, 0, 1, 2])
        client.send(RawClient.frame(0x82, [0, 1, 2]))
        try await client.waitForEnd()
    }
}
