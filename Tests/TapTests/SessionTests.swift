// A whole session through the tap, by a client of Socket.IO that polls first and then upgrades.
// Next: RelayTests.swift.

import Foundation
import SocketIOClient
import Tap
import TestSupport
import Testing

@Suite("The tap tells a session")
struct SessionTests {
    @Test(
        "from the first poll over the upgrade to the end, with nothing that it does not understand")
    func session() async throws {
        try await withServer { fixture, _ in
            let socket = try ClientSocket.connect("http://127.0.0.1:\(fixture.visitor.port)")
            var echoed: [String] = []
            var photo = Data()
            socket.on("echo") { (text: String) in echoed.append(text) }
            socket.on("photo") { (bytes: Data) in photo = bytes }
            try await socket.waitUntilConnected()
            socket.emit("echo", "hi")
            try await eventually("the upgrade") { socket.manager.transport == .websocket }
            socket.emit("photo", Data([1, 2, 3]))
            try await eventually("the answers") { echoed == ["hi"] && photo == Data([1, 2, 3]) }
            socket.disconnect()
            // Connections of polls and the WebSocket's, each with two ends.
            try await eventually("the end") {
                let kinds = fixture.kinds
                return fixture.observations.contains { $0.summary == "disconnect" }
                    && kinds.count { $0 == .ended } == kinds.count { $0 == .opened } * 2
            }
            #expect(fixture.problems.isEmpty)
            let told = fixture.observations.map { "\($0.way?.rawValue ?? ""): \($0.summary)" }
            for expected in [
                "toVisitor: 200 OK: open {", "toServer: POST /socket.io/", ": connect",
                "toVisitor: 101 Switching Protocols", "toServer: ping probe",
                "toVisitor: pong probe", "toServer: upgrade",
                #"toServer: binary event ["photo",{"_placeholder":true,"num":0}]"#,
                "toServer: attachment 1 of 1, 3 bytes, of binary event",
                "toVisitor: attachment 1 of 1, 3 bytes, of binary event",
                "toServer: disconnect", "toServer: sends no more (FIN)",
            ] {
                #expect(told.contains { $0.contains(expected) }, "\(expected), in \(told)")
            }
            #expect(told.filter { $0.contains(#"event ["echo","hi"]"#) }.count == 2)
        }
    }
}
