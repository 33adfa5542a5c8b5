// Tries the features of SocketIOClient with a server that has the handlers of `Workshop socket-io`,
// and prints a line for each: for the tests with other people's servers.
// `Workshop client-probe --url http://localhost:3000 [--transport polling|websocket] [--restart]`

import Foundation
import SocketIOClient
import EngineSockets

func probeServer(_ words: [String]) async throws {
    func value(of option: String) -> String? {
        words.firstIndex(of: option).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }

    lineBufferStandardOutput()
    var options = ClientOptions()
    options.reconnectionDelay = 50
    options.reconnectionDelayMax = 100
    if let name = value(of: "--transport").flatMap(ClientTransportName.init) {
        options.transports = [name]
    }
    let url = value(of: "--url") ?? "http://localhost:3000"
    let manager = try Manager(url, options)
    let socket = manager.socket(auth: ["token": "tür"])
    socket.onConnect { print("connect") }
    socket.onDisconnect { _ in print("disconnect") }
    socket.on("auth") { (auth: JSON) in print("auth \(auth["token"]?.string ?? "?")") }
    socket.on("question") { (number: Int, ack: Ack) in ack(["answer": number * 2]) }
    let answers = socket.events("answer", as: [String: Int].self).makeAsyncIterator()

    let back = socket.events("message-back", as: JSON.self).makeAsyncIterator()
    try await socket.waitUntilConnected()
    socket.send("text 🙂")
    print("back \(await back.next()?.string ?? "?")")
    socket.send(Data([0, 1, 255]))
    print("back \(await back.next()?.binary.map { Array($0) } ?? [])")
    print("ack \(try await socket.emitWithAck("message-with-ack", [1, 2], as: [Int].self))")
    let bytes = try await socket.emitWithAck("message-with-ack", Data([7]), as: Data.self)
    print("ack \(Array(bytes))")
    socket.emit("ask", 21)
    print("answer \(await answers.next()?["answer"] ?? 0)")
    for number in 0..<10 { socket.send(number) }
    var numbers: [Int] = []
    while numbers.count < 10, let number = await back.next()?.int { numbers.append(number) }
    print("order \(numbers)")

    let custom = manager.socket("/custom")
    try await custom.waitUntilConnected()
    print("custom \(custom.id != socket.id)")
    custom.disconnect()
    do {
        try await manager.socket("/private").waitUntilConnected()
    } catch ClientError.refused(let message, let data) {
        print("refused \(message) \(data?["try"]?.string ?? "-")")
    }

    if value(of: "--restart") != nil {
        while manager.transport != (options.transports == [.polling] ? .polling : .websocket) {
            try await Task.sleep(for: .milliseconds(5))
        }
        print("restart me")
        while socket.connected { try await Task.sleep(for: .milliseconds(5)) }
        for text in ["unsent 1", "unsent 2"] { socket.send(text) }
        for _ in 0..<2 { print("back \(await back.next()?.string ?? "?")") }
    }
    socket.emit("leave me")
    while socket.active { try await Task.sleep(for: .milliseconds(5)) }
    print("end")
}
