// A wrong server for stage 6: what is wrong? Check 6.7 finds it.

import Engine

final class OldNameTypesOn: Chat {
    override func rename(_ socket: Socket, to name: String) {
        let old = nicknames.updateValue(name, forKey: socket.id)
        announce(socket, old: old, new: name)
    }
}
