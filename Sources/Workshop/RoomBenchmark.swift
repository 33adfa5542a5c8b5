// What rooms cost with many sockets: joining, leaving, a broadcast to a few among many, and going
// away. Real connections in one process; server and clients share its thread, so the figures are
// for comparing sizes with each other. Each socket needs two descriptors.
// swift run -c release Workshop rooms [100 1000 9900]

import Engine
import SocketIOClient
import EngineSockets

/// A server with so many clients.
final class Crowd {
    let io: SocketServer
    private(set) var sockets: [Socket] = []
    private var clients: [ClientSocket] = []
    var heard = 0

    init(_ count: Int) async throws {
        io = try SocketServer(port: 0)
        io.onConnection { [unowned self] socket in sockets.append(socket) }
        var options = ClientOptions()
        options.transports = [.websocket]
        options.reconnection = false
        for first in stride(from: 0, to: count, by: 200) {
            for _ in first..<min(first + 200, count) {
                let url = "http://127.0.0.1:\(io.port ?? 0)"
                let client = try ClientSocket.connect(url, options)
                client.on("hi") { [unowned self] () in heard += 1 }
                clients.append(client)
            }
            for client in clients.suffix(200) { try await client.waitUntilConnected() }
        }
    }

    func wait(_ condition: () -> Bool) async {
        while !condition() { await Task.yield() }
    }

    func leave() async {
        for client in clients { client.disconnect() }
        await wait { io.clientsCount == 0 }
        await io.close()
    }
}

/// Microseconds of one call, from the median of five rounds.
func time(_ count: Int, _ round: () async -> Void) async -> Double {
    var times: [Double] = []
    for _ in 0..<5 {
        let begin = ContinuousClock.now
        await round()
        times.append((ContinuousClock.now - begin) / .microseconds(1) / Double(count))
    }
    return times.sorted()[2]
}

func measure(_ count: Int) async throws {
    let crowd = try await Crowd(count)
    let (io, sockets) = (crowd.io, crowd.sockets)
    let inAndOut = await time(count) {
        for socket in sockets { socket.join("all") }
        for socket in sockets { socket.leave("all") }
    }
    for socket in sockets { socket.join("all") }
    let one = sockets[0]
    let besides = await time(1_000) {
        for _ in 0..<1_000 {
            one.join("few")
            one.leave("few")
        }
    }
    for socket in sockets.prefix(10) { socket.join("few") }
    let toFew = await time(100) {
        for _ in 0..<100 { io.to("few").emit("hi") }
        let wanted = crowd.heard / 1_000 * 1_000 + 1_000
        await crowd.wait { crowd.heard >= wanted }
    }
    let begin = ContinuousClock.now
    await crowd.leave()
    let leaving = (ContinuousClock.now - begin) / .microseconds(1) / Double(count)
    let figures = [inAndOut, besides, toFew, leaving].map { "\(format($0))" }
    print("\(count)\t\(figures.joined(separator: "\t"))\t\(io.sockets.roomNames.count)")
}

func format(_ value: Double) -> Double { (value * 100).rounded() / 100 }

func measureRooms(_ words: [String]) async throws {
    raiseDescriptorLimit()
    let sizes = words.compactMap { Int($0) }
    print("sockets\tjoin+leave µs\tof one µs\tto 10 of them µs\tleaving µs\trooms left")
    for size in sizes.isEmpty ? [100, 1_000, 9_900] : sizes { try await measure(size) }
}
