// SocketIOClient behind a line that is cut, and that leads to another server each time: it prints
// what it hears. For Tests/interop/test_redis_recovery.py.
// `Workshop cluster-client --url http://localhost:3000 [--transport polling|websocket]`

import EngineSockets
import Foundation
import SocketIOClient

func watchNumbers(_ words: [String]) async throws {
    func value(of option: String) -> String? {
        words.firstIndex(of: option).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }

    lineBufferStandardOutput()
    var options = ClientOptions()
    options.reconnectionDelay = 20
    options.reconnectionDelayMax = 50
    if let name = value(of: "--transport").flatMap(ClientTransportName.init) {
        options.transports = [name]
    }
    let manager = try Manager(value(of: "--url") ?? "http://localhost:3000", options)
    let socket = manager.socket(auth: ["rooms": ["r"]])
    socket.onConnect { print("connect \(socket.recovered ? "recovered" : "new")") }
    socket.onDisconnect { _ in print("disconnect") }
    socket.on("number") { (number: Int) in print("number \(number)") }
    try await socket.waitUntilConnected()
    while true { try await Task.sleep(for: .seconds(3_600)) }
}
