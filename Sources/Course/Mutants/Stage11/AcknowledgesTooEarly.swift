// A wrong server for stage 11: what is wrong? Check 11.6 finds it.

import Engine

final class AcknowledgesTooEarly: JournalChat {
    override func store(_ entry: Entry) throws {
        Task {
            try await Task.sleep(for: .milliseconds(50))
            try super.store(entry)
        }
    }
}
