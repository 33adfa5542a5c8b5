// What a program prints, in a file without a name, read piece by piece. A pipe would need a
// thread, or a source of Dispatch's, to be emptied. Next: Program.swift.

import EngineSockets
import Foundation

/// A file that a program writes into, and what has been read of it so far.
package final class Recording {
    /// What has come since the last time.
    package struct News {
        package var bytes = Data()
        /// How many bytes before these are left out.
        package var skipped = 0
    }

    /// Bytes that are read; a program that prints more has gone wrong.
    package nonisolated static let limit = 10_485_760
    private static let piece = 65_536
    /// So long the file gets, where what is read is not kept.
    private static let longestFile = 4_194_304

    /// The program's end of it.
    let writer: FileHandle
    private let reader: FileHandle
    private var bytes = Data()
    /// How far the bytes have become lines, or have been handed over.
    private var taken = 0
    private var known: [String] = []

    /// The system removes the file when both ends are closed.
    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data().write(to: url)
        // What is written goes to the end, wherever that is after the file was shortened.
        let descriptor = open(url.path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open a file for what a program prints") }
        writer = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        reader = try FileHandle(forUpdating: url)
        try FileManager.default.removeItem(at: url)
    }

    deinit {
        try? writer.close()
        try? reader.close()
    }

    /// Whether there is more than is read.
    var isFull: Bool { bytes.count >= Self.limit }

    /// Reads what is new.
    private func update() {
        while !isFull, let piece = try? reader.read(upToCount: Self.piece), !piece.isEmpty {
            bytes.append(piece)
        }
    }

    /// What is new, and no more of it than so many bytes: the last ones. Nothing is kept, and the
    /// file does not grow without end: for a program that runs all day. To be used instead of the
    /// others, and not beside them.
    func takeNews(limit: Int) -> News {
        var news = News()
        guard let size = try? reader.seekToEnd() else { return news }
        // The program may have made its output file shorter: `echo > /dev/stderr` does it.
        if Int(size) < taken { taken = 0 }
        let count = Int(size) - taken
        news.skipped = max(0, count - limit)
        try? reader.seek(toOffset: size - UInt64(count - news.skipped))
        while news.bytes.count < limit,
            let piece = try? reader.read(upToCount: limit - news.bytes.count), !piece.isEmpty
        {
            news.bytes.append(piece)
        }
        taken += news.skipped + news.bytes.count
        guard taken > Self.longestFile else { return news }
        // What was written since the line before is lost: a moment of a flood.
        if let end = try? reader.seekToEnd() { news.skipped += Int(end) - taken }
        try? reader.truncate(atOffset: 0)
        taken = 0
        return news
    }

    /// All of it, up to the limit.
    var text: String {
        update()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The lines that are complete.
    var lines: [String] {
        update()
        while let end = bytes[taken...].firstIndex(of: UInt8(ascii: "\n")) {
            known.append(String(decoding: bytes[taken..<end], as: UTF8.self))
            taken = end + 1
        }
        return known
    }
}
