// The rows of Documentation/javascript-to-swift.md. The page shows the code between `// JS` and
// `// ->`; `//    ` continues the JavaScript. `it.expect` names the clients that receive something.
// Next: EmitRows.swift, SocketRows.swift, ServerRows.swift.

import Engine
import SocketIOClient

typealias Row =
    @MainActor (
        _ io: SocketServer, _ socket: Socket, _ it: TableFixture
    ) async throws -> Void

struct User {
    let name: String
}

/// In the order of the files below.
let rows: [Row] = emitRows + socketRows + serverRows

/// The files with the code that the page shows.
nonisolated let rowFiles = ["EmitRows.swift", "SocketRows.swift", "ServerRows.swift"]
