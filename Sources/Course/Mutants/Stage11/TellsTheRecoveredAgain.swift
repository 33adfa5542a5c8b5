// A wrong server for stage 11: what is wrong? Check 11.8 finds it.

import Engine

final class TellsTheRecoveredAgain: JournalChat {
    override func tellHistory(to socket: Socket) { send(history(for: socket), socket) }
}
