// Stage 11 · Nothing lost. What was acknowledged is on disk, and what a client has missed comes to
// it later: after a broken line, and after an end of this program.

import Engine
import Foundation

let app = App(pages: "step11")
let io = SocketServer(app)
// For gaps of seconds: a client that comes back finds its rooms, and what it has missed.
io.connectionStateRecovery = ConnectionStateRecovery()

struct Message: Encodable { var from, text: String }

/// The answer to a message: `{"ok": true, "offset": 7}`, or `{"ok": false, "error": "empty"}`.
struct Reply: Encodable {
    var ok = true
    var offset: Int?
    var error: String?
    static func refusal(_ error: String) -> Reply { Reply(ok: false, error: error) }
}

// MARK: - The journal

/// A line of the journal. The first one has the offset 1.
struct Entry: Codable { var offset: Int; var id, from, text: String }

/// All messages. Simplified: they are kept in memory as well; a large chat would keep the last.
var entries: [Entry] = []
/// Who has sent a message, and under which id. Two people may have the same id.
struct Sending: Hashable { var from, id: String }

/// What was sent a second time is found here.
var offsets: [Sending: Int] = [:]

func remember(_ entry: Entry) {
    entries.append(entry)
    offsets[Sending(from: entry.from, id: entry.id)] = entry.offset
}

let folder = URL(filePath: ProcessInfo.processInfo.environment["DATA_DIR"] ?? "Data")
let file = folder.appending(path: "journal.jsonl")

/// Opens the journal, and reads what is in it.
func openJournal() throws -> FileHandle {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
    let journal = try FileHandle(forUpdating: file)
    let data = try journal.readToEnd() ?? Data()
    let newline = UInt8(ascii: "\n")
    let end = data.lastIndex(of: newline).map { $0 + 1 } ?? 0
    for line in data[..<end].split(separator: newline) {
        let entry = try? JSONDecoder().decode(Entry.self, from: line)
        guard let entry, entry.offset == entries.count + 1 else {
            App.fail("\(file.path), line \(entries.count + 1), is damaged: repair it by hand")
        }
        remember(entry)
    }
    // A line without an end: the program was killed while it wrote, and had acknowledged nothing.
    if end < data.count {
        print("the last line of the journal was torn: \(data.count - end) bytes are removed")
        try journal.truncate(atOffset: UInt64(end))
    }
    try journal.seekToEnd()
    return journal
}

let journal: FileHandle
do {
    journal = try openJournal()
} catch {
    App.fail("\(file.path) cannot be opened: \(error.localizedDescription)")
}

/// Adds a message. When it returns, the message is on disk.
/// Simplified: everyone waits for the disk meanwhile. Many messages would share one flush.
func append(_ entry: Entry) throws {
    let start = try journal.offset()
    do {
        try journal.write(contentsOf: try JSONEncoder().encode(entry) + Data("\n".utf8))
        try journal.synchronize()
    } catch {
        try journal.truncate(atOffset: start)  // a full disk may have taken half of the line
        throw error
    }
    remember(entry)
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

    // Who was recovered has got what it missed. All others say what they have heard last.
    if !socket.recovered {
        let known = socket.handshake.auth["serverOffset"]?.int ?? 0
        for entry in entries.dropFirst(max(known, 0)) {
            let message = Message(from: entry.from, text: entry.text)
            socket.emit("chat message", message, entry.offset)
        }
    }

    socket.on("chat message") { (text: String, id: String) -> Reply in
        if text.isEmpty || id.isEmpty { return .refusal("empty") }
        if text.count > 2_000 || id.utf8.count > 64 { return .refusal("too long") }
        if let offset = offsets[Sending(from: me, id: id)] { return Reply(offset: offset) }
        let entry = Entry(offset: entries.count + 1, id: id, from: me, text: text)
        try append(entry)
        io.emit("chat message", Message(from: me, text: text), entry.offset)
        return Reply(offset: entry.offset)
    }

    socket.onDisconnect { reason in print("a user disconnected: \(reason)") }
}

app.run()
