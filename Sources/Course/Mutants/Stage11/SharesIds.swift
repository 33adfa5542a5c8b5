// A wrong server for stage 11: what is wrong? Check 11.10 finds it.

import Engine

final class SharesIds: JournalChat {
    override func sending(_ from: String, _ id: String) -> Sending { Sending(from: "", id: id) }
}
