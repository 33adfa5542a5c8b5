// A right server for stage 11, in methods that a mutant can replace by wrong ones.
// Next: ../Stage11/AcknowledgesTooEarly.swift and its neighbours.

import Engine
import Foundation

struct Entry: Codable { var offset: Int; var id, from, text: String }
struct Sending: Hashable { var from, id: String }

class JournalChat: WrongServer {
    let app = App(pages: "step11")
    let io: SocketServer
    let file: URL
    var entries: [Entry] = []
    var offsets: [Sending: Int] = [:]

    required init(stage: Int) {
        io = SocketServer(app)
        let folder = ProcessInfo.processInfo.environment["DATA_DIR"] ?? "Data"
        file = URL(filePath: folder).appending(path: "journal.jsonl")
    }

    func start() {
        io.connectionStateRecovery = ConnectionStateRecovery()
        load()
        io.use { [self] socket in
            if name(of: socket).isEmpty { throw ConnectError("a name has 1 to 20 characters") }
        }
        io.onConnection { [self] socket in
            print("a user connected")
            tellHistory(to: socket)
            socket.on("chat message") { [self] (text: String, id: String) in
                try say(text, id, socket)
            }
            socket.onDisconnect { reason in print("a user disconnected: \(reason)") }
        }
    }

    func name(of socket: Socket) -> String { socket.handshake.auth["name"]?.string ?? "" }

    // MARK: - The journal

    func sending(_ from: String, _ id: String) -> Sending { Sending(from: from, id: id) }

    func remember(_ entry: Entry) {
        entries.append(entry)
        offsets[sending(entry.from, entry.id)] = entry.offset
    }

    func load() {
        guard let data = try? Data(contentsOf: file) else { return }
        let newline = UInt8(ascii: "\n")
        let end = data.lastIndex(of: newline).map { $0 + 1 } ?? 0
        for line in data[..<end].split(separator: newline) {
            if let entry = try? JSONDecoder().decode(Entry.self, from: line) { recall(entry) }
        }
        repair(at: end)
    }

    func recall(_ entry: Entry) { remember(entry) }

    func repair(at end: Int) {
        let handle = try? FileHandle(forWritingTo: file)
        try? handle?.truncate(atOffset: UInt64(end))
    }

    func store(_ entry: Entry) throws {
        if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: try JSONEncoder().encode(entry) + Data("\n".utf8))
        try handle.synchronize()
        try handle.close()
    }

    // MARK: - Messages

    func known(_ from: String, _ id: String) -> Int? { offsets[sending(from, id)] }

    func say(_ text: String, _ id: String, _ socket: Socket) throws -> BonusReply {
        if text.isEmpty || id.isEmpty { return .refusal("empty") }
        if text.count > 2_000 || id.utf8.count > 64 { return .refusal("too long") }
        let me = name(of: socket)
        if let offset = known(me, id) { return BonusReply(offset: offset) }
        let entry = Entry(offset: entries.count + 1, id: id, from: me, text: text)
        try store(entry)
        remember(entry)
        deliver(entry)
        return BonusReply(offset: entry.offset)
    }

    func deliver(_ entry: Entry) {
        io.emit("chat message", Message(from: entry.from, text: entry.text), entry.offset)
    }

    func history(for socket: Socket) -> ArraySlice<Entry> {
        entries.dropFirst(max(socket.handshake.auth["serverOffset"]?.int ?? 0, 0))
    }

    func tellHistory(to socket: Socket) {
        if !socket.recovered { send(history(for: socket), socket) }
    }

    func send(_ entries: ArraySlice<Entry>, _ socket: Socket) {
        for entry in entries {
            let message = Message(from: entry.from, text: entry.text)
            socket.emit("chat message", message, entry.offset)
        }
    }
}
