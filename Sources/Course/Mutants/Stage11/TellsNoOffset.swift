// A wrong server for stage 11: what is wrong? Check 11.1 finds it.

import Engine

final class TellsNoOffset: JournalChat {
    override func deliver(_ entry: Entry) {
        io.emit("chat message", Message(from: entry.from, text: entry.text))
    }
}
