// What handlers of events are given, and the acknowledgements of either side. What crosses the wire
// is compared as text.

import Engine
import Foundation
import TestSupport
import Testing

extension SocketIOTests {
    @Test("handlers get what they ask for, whatever number and kinds of arguments")
    func arguments() async throws {
        struct Point: Codable { var x: Int; var y: Double? }
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("none") { () in fixture.log.append("none") }
            socket.on("text") { (text: String) in fixture.log.append(text) }
            socket.on("two") { (number: Int, truth: Bool) in
                fixture.log.append("\(number) \(truth)")
            }
            socket.on("struct") { (point: Point) in
                fixture.log.append("\(point.x) \(point.y ?? -1)")
            }
            socket.on("optional") { (text: String?) in fixture.log.append(text ?? "nothing") }
            socket.on("any") { (any: JSON) in fixture.log.append(any["a"]?[0]?.string ?? "?") }
            socket.on("bytes") { (data: Data) in fixture.log.append("\(Array(data))") }
            socket.on("1") { (text: String) in fixture.log.append("one \(text)") }
            socket.on("done") { () in socket.emit("done") }
        }
        let client = try await fixture.client()
        for text in [
            "42[\"none\"]", "42[\"text\",\"hé\\n\"]", "42[\"two\",7,true,\"extra\"]",
            "42[\"struct\",{\"x\":1}]", "42[\"optional\"]", "42[\"optional\",null]",
            "42[\"any\",{\"a\":[\"deep\"]}]", "42[1,\"x\"]",
            "451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]",
        ] { client.sendFrame(text) }
        client.send(RawClient.frame(0x82, [1, 2]))
        client.sendFrame("42[\"done\"]")
        #expect(try await client.text() == "42[\"done\"]")
        #expect(
            fixture.log == [
                "none", "hé\n", "7 true", "1 -1.0", "nothing", "nothing", "deep", "one x", "[1, 2]",
            ])
    }

    @Test("arguments that do not fit reach no handler, and get no acknowledgement")
    func mismatch() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("text") { (text: String) -> String in
                fixture.log.append(text)
                return text
            }
        }
        let client = try await fixture.client()
        for bad in ["420[\"text\",1]", "421[\"text\"]", "422[\"text\",null]", "423[\"text\",{}]"] {
            client.sendFrame(bad)
        }
        client.sendFrame("424[\"text\",\"good\"]")
        #expect(try await client.text() == "434[\"good\"]")
        #expect(fixture.log == ["good"])
    }

    @Test("what a handler returns is the acknowledgement; an Ack answers later, once")
    func acknowledgements() async throws {
        struct Reply: Codable { var ok: Bool }
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("value") { (text: String) in text.count }
            socket.on("struct") { () in Reply(ok: true) }
            socket.on("ack") { (text: String, ack: Ack) in
                ack(text, 2)
                ack("again")
            }
            socket.on("async") { (text: String) async -> String in
                await Task.yield()
                return text
            }
            socket.on("throws") { () -> Bool in throw Missing(description: "on purpose") }
        }
        let client = try await fixture.client()
        client.sendFrame("4212[\"value\",\"four\"]")
        #expect(try await client.text() == "4312[4]")
        client.sendFrame("420[\"struct\"]")
        #expect(try await client.text() == "430[{\"ok\":true}]")
        client.sendFrame("421[\"ack\",\"x\"]")
        #expect(try await client.text() == "431[\"x\",2]")
        client.sendFrame("42[\"ack\",\"no answer is wanted\"]")
        client.sendFrame("423[\"throws\"]")
        client.sendFrame("424[\"async\",\"later\"]")
        #expect(try await client.text() == "434[\"later\"]")
    }

    @Test("an event is answered once, by whichever of its handlers is first, in whichever way")
    func oneAnswer() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("ack, then value") { (ack: Ack) in ack("first") }
            socket.on("ack, then value") { () in "second" }
            socket.on("value, then ack") { () in "first" }
            socket.on("value, then ack") { (ack: Ack) in
                fixture.log.append("\(ack.isWanted)")
                ack("second")
            }
            socket.on("twice the same") { (ack: Ack) in fixture.log.append("\(ack.isWanted)") }
            socket.on("twice the same") { (ack: Ack) in ack("only") }
        }
        let client = try await fixture.client()
        for (id, name) in ["ack, then value", "value, then ack", "twice the same"].enumerated() {
            client.sendFrame("42\(id)[\"\(name)\"]")
            let expected = id == 2 ? "only" : "first"
            #expect(try await client.text() == "43\(id)[\"\(expected)\"]")
        }
        client.sendFrame("42[\"twice the same\"]")
        client.sendFrame("429[\"ack, then value\"]")
        #expect(try await client.text() == "439[\"first\"]")
        #expect(fixture.log == ["false", "true", "false"])
    }

    @Test("what a handler holds may use the socket when it is released by off")
    func releasedByOff() async throws {
        final class Holder {
            let release: () -> Void
            init(_ release: @escaping () -> Void) { self.release = release }
            isolated deinit { release() }
        }
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            for number in 0..<3 {
                let holder = Holder { [weak socket] in
                    socket?.on("late \(number)") { () in number }
                    fixture.log.append("\(socket?.listenerCount("late \(number)") ?? 0)")
                }
                socket.on("a") { () in _ = holder }
            }
            socket.on("off") { () in
                socket.off("a")
                return socket.listenerCount("a")
            }
        }
        let client = try await fixture.client()
        client.sendFrame("420[\"off\"]")
        #expect(try await client.text() == "430[0]")
        client.sendFrame("421[\"late 2\"]")
        #expect(try await client.text() == "431[2]")
        #expect(fixture.log == ["1", "1", "1"])
    }

    @Test("an answer's attachments are announced, in every namespace, however long the number is")
    func answersWithAttachments() async throws {
        let fixture = try Fixture()
        for namespace in [fixture.io.sockets, fixture.io.of("/of[it]")] {
            namespace.onConnection { socket in
                socket.on("bytes") { () in [Data([1]), Data([2, 3])] }
                socket.on("long") { () in String(repeating: "é", count: 100) }
            }
        }
        let client = try await fixture.client()
        client.sendFrame("40/of[it],")
        #expect(try await client.text().hasPrefix("40/of[it],{"))
        for head in ["9", "9223372036854775807", "/of[it],12345678", "/of[it],123456789"] {
            client.sendFrame("42\(head)[\"bytes\"]")
            let placeholders = (0...1).map { "{\"_placeholder\":true,\"num\":\($0)}" }
            #expect(
                try await client.text() == "462-\(head)[[\(placeholders.joined(separator: ","))]]")
            #expect(try await client.frame().payload == [1])
            #expect(try await client.frame().payload == [2, 3])
            client.sendFrame("42\(head)[\"long\"]")
            #expect(
                try await client.text() == "43\(head)[\"\(String(repeating: "é", count: 100))\"]")
        }
    }

    @Test("the server asks and the client answers, in time, too late, or not at all")
    func serverAsks() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("go") { () in
                let answer = try await socket.emitWithAck("question", 1, as: String.self)
                fixture.log.append(answer)
                do {
                    _ = try await socket.timeout(1).emitWithAck("silence", as: String.self)
                } catch {
                    fixture.log.append("\(error)")
                }
                do {
                    _ = try await socket.emitWithAck("leaving", as: String.self)
                } catch {
                    fixture.log.append("\(error)")
                }
            }
        }
        let client = try await fixture.client()
        client.sendFrame("42[\"go\"]")
        #expect(try await client.text() == "420[\"question\",1]")
        client.sendFrame("430[\"forty-two\"]")
        #expect(try await client.text() == "421[\"silence\"]")
        #expect(try await client.text() == "422[\"leaving\"]")
        client.vanish()
        try await eventually("three answers") { fixture.log.count == 3 }
        #expect(
            fixture.log == [
                "forty-two", "operation has timed out",
                "the socket was disconnected before the acknowledgement came",
            ])
    }

    @Test("a volatile question that can't leave at once is lost, and not answered")
    func volatileQuestion() async throws {
        let fixture = try Fixture()
        var answers: [String] = []
        fixture.io.onConnection { socket in
            socket.on("ask") { () in
                // No poll waits at the moment.
                socket.volatile.timeout(50).emit("lost?") { (answer: Result<Int, AckError>) in
                    answers.append("\(answer)")
                }
                socket.emit("end")
            }
        }
        let client = try RawClient(port: fixture.port)
        let session = try sid(in: try await client.request("GET", polling).text)
        let target = "\(polling)&sid=\(session)"
        _ = try await client.request("POST", target, body: "40")
        _ = try await client.request("GET", target)
        _ = try await client.request("POST", target, body: "42[\"ask\"]")
        #expect(try await client.request("GET", target).text == "42[\"end\"]")
        try await eventually("an answer") { !answers.isEmpty }
        #expect(answers == ["failure(operation has timed out)"])
    }

    @Test("async handlers start in the order of arrival")
    func order() async throws {
        let fixture = try Fixture()
        fixture.io.onConnection { socket in
            socket.on("n") { (number: Int) async in fixture.log.append("\(number)") }
            socket.on("done") { () async in socket.emit("done") }
        }
        let client = try await fixture.client()
        for number in 0..<200 { client.sendFrame("42[\"n\",\(number)]") }
        client.sendFrame("42[\"done\"]")
        _ = try await client.text()
        #expect(fixture.log == (0..<200).map { "\($0)" })
    }
}
