// The browser's half of Socket.IO, at `/socket.io/socket.io.js`. In: a file's name. Out: the file
// out of the folder Public, or what to do when it is not there. Next: Program/Pages.swift.

import EngineSockets
import Foundation
import HTTPWire

/// Serves the browser's half of Socket.IO.
final class ClientScript {
    /// The files in `Public`, by the reference's names.
    private static let files = ["socket.io.js", "socket.io.esm.js"]

    private var hasReported = false

    /// The program's own `Public` first; then the one beside these sources, for programs that use
    /// the engine as a library.
    private lazy var folders: [Pages] = {
        let sources = PublicFolder.search(upwardsFrom: URL(filePath: #filePath))
        let urls = [try? PublicFolder.find(), sources].compactMap { $0 }
        return urls.map { Pages(root: $0, folder: ".") }
    }()

    /// The answer for one of the names; 404 for any other. Ours are not minified; a page that asks
    /// for `socket.io.min.js` needs no change.
    func response(named name: String, to head: HTTPRequestHead) -> HTTPResponse {
        let file = name.replacing(".min.js", with: ".js")
        guard Self.files.contains(file) else { return .status(.notFound) }
        for folder in folders {
            if let found = folder.response(to: head, at: "/" + file) { return found }
        }
        let problem =
            "\(file) was not found: copy it out of this package's folder Public into a folder of "
            + "that name beside the program, or name its folder with PUBLIC_DIR=…"
        if !hasReported { Log.write(problem) }
        hasReported = true
        return .text("\(problem)\n", .notFound)
    }
}
