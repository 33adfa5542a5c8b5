// The code of the articles about the server itself: recovery, options, the reasons of an end, and
// several servers. Next: EngineExamples.swift.

import Engine
import Foundation

// MARK: - Recovery.md

func switchRecoveryOn(_ io: SocketServer) {
    var recovery = ConnectionStateRecovery()
    recovery.maxDisconnectionDuration = 60_000
    io.connectionStateRecovery = recovery
}

func greetNewAndOld(_ io: SocketServer) {
    io.onConnection { socket in
        if !socket.recovered {
            socket.join("news")
            socket.data[Joined.self] = Joined(at: Date())
        }
        socket.on("since when?") { () in socket.data[Joined.self]?.at.timeIntervalSince1970 }
    }
}

// MARK: - Options.md

func setOptions(_ app: App) -> SocketServer {
    var options = SocketServerOptions()
    options.path = "/chat"
    options.pingInterval = 10_000
    options.maxHttpBufferSize = 5_000_000
    let io = SocketServer(app, options)
    return io
}

func setLimits(_ app: App) {
    app.connectionLimits.total = 20_000
    app.connectionLimits.perAddress = 200
    app.connectionLimits.handshakesPerSecond = 50
}

// MARK: - DisconnectReasons.md

func lookAtTheReason(_ socket: Socket, _ forget: @escaping (Socket.ID, _ seconds: Int) -> Void) {
    socket.onDisconnect { reason in
        switch reason {
        case .clientNamespaceDisconnect, .serverNamespaceDisconnect: forget(socket.id, 0)
        default: forget(socket.id, 30)
        }
    }
}

func hearTheEnd(_ socket: Socket) {
    socket.onDisconnecting { reason in print("\(reason), in \(socket.rooms.count) rooms") }
    socket.onDisconnect { reason in print("\(reason), gone") }
}

func hearTheEndAsInJavaScript(_ socket: Socket) {
    socket.on("disconnect") { (reason: String) in print(reason) }
}

// MARK: - SeveralServers.md

final class InProcessAdapter: Adapter {
    private static var all: [InProcessAdapter] = []
    private var namespaces: [String: AdapterNamespace] = [:]

    init() { Self.all.append(self) }

    func serverCount(in namespace: String) async throws -> Int { Self.all.count }

    func open(_ namespace: AdapterNamespace) {
        namespaces[namespace.name] = namespace
        namespace.opened()
    }

    func publish(_ message: AdapterMessage) {
        for other in Self.all where other !== self {
            other.namespaces[message.namespace]?.receive(message)
        }
    }

    func close(namespace: String) { namespaces[namespace] = nil }

    func close() async { Self.all.removeAll { $0 === self } }
}

func useAnAdapter(_ io: SocketServer) {
    io.use(adapter: InProcessAdapter(), requestsTimeout: 2_000)
}

func moveSockets(_ io: SocketServer) {
    io.in("lobby").socketsJoin("game", "players")
    io.in("lobby").socketsLeave("lobby")
    io.in("banned").disconnectSockets(close: true)
}

func findSockets(_ io: SocketServer) async throws {
    for socket in try await io.in("game").fetchSockets() {
        print(socket.id, socket.rooms, socket.data["name"]?.string ?? "?")
        socket.emit("found")
    }
}

func hearServers(_ io: SocketServer, _ load: @escaping (String) -> Void) {
    io.serverSide.on("reload") { (file: String) in load(file) }
    io.serverSide.on("load?") { () in io.clientsCount }
}

func talkToServers(_ io: SocketServer) async throws {
    io.serverSideEmit("reload", "words.txt")
    let others = try await io.serverSideEmitWithAck("load?", as: Int.self)
    let clients = others.reduce(io.clientsCount, +)
    print("clients in all: \(clients) on \(try await io.serverCount()) servers")
}
