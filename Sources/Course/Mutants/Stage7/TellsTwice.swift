// A wrong server for stage 7: what is wrong? Check 7.5 finds it.

import Engine

final class TellsTwice: Chat {
    override func announce(_ socket: Socket, old: String?, new: String) {
        super.announce(socket, old: old, new: new)
        tellOnline(socket)
    }
}
