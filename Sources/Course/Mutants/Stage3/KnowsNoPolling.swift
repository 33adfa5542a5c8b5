// A wrong server for stage 3: what is wrong? Check 3.6 finds it.

import Engine

final class KnowsNoPolling: Chat {
    override class var options: SocketServerOptions {
        var options = super.options
        options.transports = [.websocket]
        return options
    }
}
