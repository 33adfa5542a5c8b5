// Stage 10 · Rooms and namespaces. Channels to join and leave, and other namespaces of the same
// server.

import Engine
import Foundation
import TokenWire

let app = App(pages: "step10")
let io = SocketServer(app)

/// Who is who. Simplified: a client says its name, and is believed; stage 9 has tokens for it.
var names: [Socket.ID: String] = [:]

struct Post: Decodable { var to: [String]; var text: String }
struct Said: Encodable { var from: String; var to: [String]; var text: String }
struct Members: Encodable { var channel: String; var members: [String] }

/// The answer to a request: `{"ok": true}`, or `{"ok": false, "error": "not in"}`.
struct Reply: Encodable {
    var ok = true
    var members: [String]?
    var channels: [Members]?
    var error: String?
    static func refusal(_ error: String) -> Reply { Reply(ok: false, error: error) }
}

// MARK: - Channels

/// A channel's room. The sign in front keeps it apart from the rooms that sockets have by their
/// ids.
func room(_ channel: String) -> String { "#" + channel }

func members(of channel: String) -> [String] {
    io.in(room(channel)).sockets.compactMap { names[$0.id] }.sorted()
}

/// The channels of a socket: its rooms, without the one that every socket has.
func channels(of socket: Socket) -> [String] {
    socket.rooms.filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }.sorted()
}

/// Says who is in a channel, to all who are. Joins, leaves and broken connections all end here.
io.onRoomEvent { event in
    switch event {
    case .joined(let room, _), .left(let room, _):
        guard room.hasPrefix("#") else { return }
        let channel = String(room.dropFirst())
        io.to(room).emit("members", Members(channel: channel, members: members(of: channel)))
    case .created, .deleted: break
    }
}

/// What is wrong with a message; nil: nothing.
func problem(_ post: Post, from socket: Socket) -> String? {
    if post.text.isEmpty || post.to.isEmpty { return "empty" }
    if post.text.count > 2_000 { return "too long" }
    return post.to.allSatisfy(channels(of: socket).contains) ? nil : "not in"
}

// MARK: - The chat

func name(of socket: Socket) -> String {
    socket.handshake.auth["name"]?.string?.trimmingCharacters(in: .whitespaces) ?? ""
}

io.use { socket in
    guard (1...20).contains(name(of: socket).count) else {
        throw ConnectError("a name has 1 to 20 characters")
    }
}

io.onConnection { socket in
    print("a user connected")
    let me = name(of: socket)
    names[socket.id] = me

    socket.on("join") { (channel: String) -> Reply in
        guard channel.wholeMatch(of: /[\p{L}\p{N}_-]{1,30}/) != nil else {
            return .refusal("invalid")
        }
        let mine = channels(of: socket)
        guard mine.contains(channel) || mine.count < 10 else { return .refusal("too many") }
        socket.join(room(channel))
        return Reply(members: members(of: channel))
    }

    socket.on("leave") { (channel: String) -> Reply in
        guard channels(of: socket).contains(channel) else { return .refusal("not in") }
        socket.leave(room(channel))
        return Reply()
    }

    // To one channel or to several: who is in two of them gets it once. The sender gets none.
    socket.on("say") { (post: Post) -> Reply in
        if let error = problem(post, from: socket) { return .refusal(error) }
        let said = Said(from: me, to: post.to, text: post.text)
        socket.to(post.to.map(room)).emit("said", said)
        return Reply()
    }

    // The same, and the sender is one of those who hear it.
    socket.on("announce") { (post: Post) -> Reply in
        if let error = problem(post, from: socket) { return .refusal(error) }
        io.to(post.to.map(room)).emit("said", Said(from: me, to: post.to, text: post.text))
        return Reply()
    }

    socket.on("channels") { () -> Reply in
        let all = Set(io.sockets.sockets.values.flatMap(channels)).sorted()
        return Reply(channels: all.map { Members(channel: $0, members: members(of: $0)) })
    }

    socket.onDisconnect { reason in
        print("a user disconnected: \(reason)")
        names[socket.id] = nil
    }
}

// MARK: - Namespaces

// Two namespaces: what is published in one is sent in the other. Each has its own handlers.
io.of("/post").onConnection { socket in
    socket.emit("new message", ["mess": "this is the namespace post"])
    socket.on("publish") { (text: String) -> Reply in
        if text.isEmpty { return .refusal("empty") }
        io.of("/get").emit("new message", ["mess": text])
        return Reply()
    }
}

io.of("/get").onConnection { socket in
    socket.emit("new message", ["mess": "this is the namespace get"])
}

/// Without a key in the environment no client is let into `/admin`.
let adminKey = ProcessInfo.processInfo.environment["ADMIN_KEY"] ?? ""

io.of("/admin").use { socket in
    let given = socket.handshake.auth["key"]?.string ?? ""
    guard !adminKey.isEmpty, isSameSecret(given, adminKey) else {
        throw ConnectError("not allowed")
    }
}

io.of("/admin").onConnection { socket in
    socket.on("close channel") { (channel: String) -> Reply in
        io.to(room(channel)).emit("closed", channel)
        io.in(room(channel)).socketsLeave(room(channel))
        return Reply()
    }
}

app.run()
