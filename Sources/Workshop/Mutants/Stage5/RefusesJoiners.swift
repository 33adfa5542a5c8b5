// A wrong server for stage 5: what is wrong? Check 5.14 finds it.

import Engine

/// A family is three joiners and four people.
final class RefusesJoiners: Chat {
    override func withoutEmoji(_ name: String) -> String { name }
}
