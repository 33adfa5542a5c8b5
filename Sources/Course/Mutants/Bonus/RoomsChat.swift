// A right server for stage 10, in methods that a mutant can replace by wrong ones.
// Next: ../Stage10/SaysForEachRoom.swift and its neighbours.

import Engine
import Foundation

struct Post: Decodable { var to: [String]; var text: String }
struct Said: Encodable { var from: String; var to: [String]; var text: String }
struct ChannelMembers: Encodable { var channel: String; var members: [String] }

class RoomsChat: WrongServer {
    let app = App(pages: "step10")
    let io: SocketServer
    var names: [Socket.ID: String] = [:]
    /// The members of each channel, in their order of arrival.
    var channels: [String: [Socket.ID]] = [:]
    let adminKey = ProcessInfo.processInfo.environment["ADMIN_KEY"] ?? ""

    required init(stage: Int) { io = SocketServer(app) }

    func start() {
        io.use { [self] socket in
            if name(of: socket).isEmpty { throw ConnectError("a name has 1 to 20 characters") }
        }
        io.onConnection { [self] socket in arrived(socket) }
        openDoors()
    }

    func name(of socket: Socket) -> String { socket.handshake.auth["name"]?.string ?? "" }

    func arrived(_ socket: Socket) {
        print("a user connected")
        names[socket.id] = name(of: socket)
        socket.on("join") { [self] (channel: String) in join(channel, socket) }
        socket.on("leave") { [self] (channel: String) in leave(channel, socket) }
        socket.on("say") { [self] (post: Post) in say(post, socket) }
        socket.on("announce") { [self] (post: Post) in announce(post, socket) }
        socket.on("channels") { [self] in list() }
        socket.onDisconnect { [self] reason in
            print("a user disconnected: \(reason)")
            left(socket)
            names[socket.id] = nil
        }
    }

    // MARK: - Channels

    func room(_ channel: String) -> String { "#" + channel }

    func members(of channel: String) -> [String] {
        (channels[channel] ?? []).compactMap { names[$0] }.sorted()
    }

    func isIn(_ channel: String, _ socket: Socket) -> Bool {
        channels[channel]?.contains(socket.id) == true
    }

    func add(_ socket: Socket, to channel: String) {
        if !isIn(channel, socket) { channels[channel, default: []].append(socket.id) }
    }

    func tell(_ channel: String) {
        let members = ChannelMembers(channel: channel, members: members(of: channel))
        io.to(room(channel)).emit("members", members)
    }

    func tellArrival(_ channel: String) { tell(channel) }

    func join(_ channel: String, _ socket: Socket) -> BonusReply {
        guard channel.wholeMatch(of: /[\p{L}\p{N}_-]{1,30}/) != nil else {
            return .refusal("invalid")
        }
        socket.join(room(channel))
        add(socket, to: channel)
        tellArrival(channel)
        return BonusReply(members: members(of: channel))
    }

    func remove(_ socket: Socket, from channel: String) {
        channels[channel]?.removeAll { $0 == socket.id }
        if channels[channel]?.isEmpty == true { channels[channel] = nil }
        tell(channel)
    }

    func leave(_ channel: String, _ socket: Socket) -> BonusReply {
        guard isIn(channel, socket) else { return .refusal("not in") }
        leaveRoom(of: channel, socket)
        remove(socket, from: channel)
        return BonusReply()
    }

    func leaveRoom(of channel: String, _ socket: Socket) { socket.leave(room(channel)) }

    func left(_ socket: Socket) {
        for channel in channels.keys where isIn(channel, socket) { remove(socket, from: channel) }
    }

    func list() -> BonusReply {
        let all = channels.keys.sorted().map {
            ChannelMembers(channel: $0, members: members(of: $0))
        }
        return BonusReply(channels: all)
    }

    // MARK: - Messages

    func problem(_ post: Post, _ socket: Socket) -> String? {
        if post.text.isEmpty || post.to.isEmpty { return "empty" }
        return post.to.allSatisfy { isIn($0, socket) } ? nil : "not in"
    }

    func said(_ post: Post, _ socket: Socket) -> Said {
        Said(from: names[socket.id] ?? "", to: post.to, text: post.text)
    }

    func say(_ post: Post, _ socket: Socket) -> BonusReply {
        if let problem = problem(post, socket) { return .refusal(problem) }
        deliver(post, socket)
        return BonusReply()
    }

    func deliver(_ post: Post, _ socket: Socket) {
        socket.to(post.to.map(room)).emit("said", said(post, socket))
    }

    func announce(_ post: Post, _ socket: Socket) -> BonusReply {
        if let problem = problem(post, socket) { return .refusal(problem) }
        deliverToAll(post, socket)
        return BonusReply()
    }

    func deliverToAll(_ post: Post, _ socket: Socket) {
        io.to(post.to.map(room)).emit("said", said(post, socket))
    }

    // MARK: - Namespaces

    func openDoors() {
        for name in ["post", "get"] {
            io.of(name).onConnection { socket in
                socket.emit("new message", ["mess": "this is the namespace \(name)"])
            }
        }
        io.of("/post").onConnection { [self] socket in
            socket.on("publish") { [self] (text: String) in publish(text) }
        }
        io.of("/admin").use { [self] socket in
            let key = socket.handshake.auth["key"]?.string ?? ""
            if !isAllowed(key) { throw ConnectError("not allowed") }
        }
        io.of("/admin").onConnection { [self] socket in
            socket.on("close channel") { [self] (channel: String) in close(channel) }
        }
    }

    func publish(_ text: String) -> BonusReply {
        io.of("/get").emit("new message", ["mess": text])
        return BonusReply()
    }

    func isAllowed(_ key: String) -> Bool { !adminKey.isEmpty && key == adminKey }

    func close(_ channel: String) -> BonusReply {
        io.to(room(channel)).emit("closed", channel)
        io.in(room(channel)).socketsLeave(room(channel))
        channels[channel] = nil
        return BonusReply()
    }
}
