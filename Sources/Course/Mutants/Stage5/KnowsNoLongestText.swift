// A wrong server for stage 5: what is wrong? Check 5.15 finds it.

import Engine

final class KnowsNoLongestText: Chat {
    override func problem(_ text: String, atMost limit: Int, bytes: Int) -> String? {
        super.problem(text, atMost: limit == 2_000 ? .max : limit, bytes: bytes)
    }
}
