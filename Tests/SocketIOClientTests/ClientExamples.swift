// The code of the articles in Sources/Client/SocketIOClient.docc, so that it compiles. Each block
// of an article stands here line by line, in its order; Tests/TutorialTests/ArticleTests.swift
// looks for it. Next: ClientExampleTests.swift, which runs the code.

import Foundation
import SocketIOClient

// MARK: - SocketIOClient.md

func listenAndSay() async throws {
    let socket = try ClientSocket.connect("http://localhost:3000")
    socket.on("user joined") { () in print("Someone joined") }
    socket.emit("chat message", "hello")
    for await text in socket.events("chat message", as: String.self) { print(text) }
}

// MARK: - Connecting.md

func connectWithAToken() async throws {
    let socket = try ClientSocket.connect("http://localhost:3000/admin", auth: ["token": "secret"])
    try await socket.waitUntilConnected()
    print(socket.id ?? "", socket.manager.transport?.rawValue ?? "")
}

func askForTheToken(_ socket: ClientSocket, _ freshToken: @escaping () async -> String) {
    socket.authProvider = { ["token": .string(await freshToken())] }
}

func shareAConnection() throws -> [ClientSocket] {
    let manager = try Manager("http://localhost:3000")
    let main = manager.socket()
    let admin = manager.socket("/admin", auth: ["token": "secret"])
    return [main, admin]
}

func connectWithOptions() throws -> ClientSocket {
    var options = ClientOptions()
    options.transports = [.websocket]
    options.extraHeaders = ["X-Client": "bot"]
    options.reconnectionAttempts = 10
    let socket = try ClientSocket.connect("http://localhost:3000", options)
    return socket
}

func hearOfTheConnection(_ socket: ClientSocket) {
    socket.onConnect { print("connected, recovered: \(socket.recovered)") }
    socket.onConnectError { error in print("not connected: \(error)") }
    socket.onDisconnect { reason in
        if reason == .serverDisconnect { socket.connect() }
    }
    socket.manager.onReconnectAttempt { number in print("attempt \(number)") }
    socket.manager.onReconnect { attempts in print("back after \(attempts)") }
    socket.manager.onReconnectFailed { print("no further attempt") }
}

// MARK: - EventsAndAcknowledgements.md

func listen(_ socket: ClientSocket) {
    socket.on("chat message") { (text: String, from: String?) in print(from ?? "?", text) }
    socket.once("welcome") { () in print("welcome") }
    let listener = socket.on("noise") { () in print("noise") }
    socket.off(listener)
}

func answer(_ socket: ClientSocket, _ think: @escaping (String) async -> String) {
    socket.on("who are you?") { () in "Ada" }
    socket.on("question") { (text: String, ack: Ack) async in
        ack(await think(text))
    }
}

func takeOneAtATime(_ socket: ClientSocket) async {
    for await text in socket.events("chat message", as: String.self) {
        if text == "bye" { break }
    }
}

func hearEverything(_ socket: ClientSocket) {
    socket.onAny { event, arguments in print("in: \(event), \(arguments.count) arguments") }
    socket.onAnyOutgoing { event, _ in print("out: \(event)") }
}

func emit(_ socket: ClientSocket) {
    socket.emit("chat message", "hello", 1, true)
    socket.emit("picture", Data([0xFF, 0xD8]))
    socket.emit("user", ["name": "Ada"] as JSON)
    socket.volatile.emit("position", 12, 40)
}

func ask(_ socket: ClientSocket) async throws -> (Int, String) {
    let sum = try await socket.emitWithAck("add", 1, 2, as: Int.self)
    let name = try await socket.timeout(5_000).emitWithAck("name?", as: String.self)
    return (sum, name)
}

func askWithAClosure(_ socket: ClientSocket) {
    socket.timeout(5_000).emit("name?") { (answer: Result<String, AckError>) in
        switch answer {
        case .success(let name): print(name)
        case .failure(let error): print("no answer: \(error)")
        }
    }
}

func limitAnswers() -> ClientOptions {
    var options = ClientOptions()
    options.ackTimeout = 10_000
    return options
}

// MARK: - RecoveryInTheClient.md

func catchUp(_ socket: ClientSocket, _ show: @escaping (String) -> Void) {
    var lastNumber = 0
    socket.onConnect {
        if !socket.recovered { socket.emit("get history", lastNumber) }
    }
    socket.on("chat message") { (number: Int, text: String) in
        lastNumber = number
        show(text)
    }
}

func repeatUntilAcknowledged(_ orderID: Int) throws {
    var options = ClientOptions()
    options.retries = 3
    options.ackTimeout = 10_000
    let socket = try ClientSocket.connect("http://localhost:3000", options)
    socket.emit("order", orderID, "two cups of tea")
}
