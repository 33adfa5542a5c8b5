// A wrong server for stage 11: what is wrong? Check 11.9 finds it.

import Engine

final class NumbersBeforeAnAwait: JournalChat {
    override func deliver(_ entry: Entry) {
        Task {
            try await Task.sleep(for: .milliseconds(entry.offset.isMultiple(of: 2) ? 20 : 1))
            super.deliver(entry)
        }
    }
}
