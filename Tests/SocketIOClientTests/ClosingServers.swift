// Servers that are closed when the test that opened them has ended.

import Engine
import TestSupport

func closing(_ app: App) -> App {
    OpenServers.add { await app.close() }
    return app
}

func closing(_ server: SocketServer) -> SocketServer {
    OpenServers.add { await server.close() }
    return server
}
