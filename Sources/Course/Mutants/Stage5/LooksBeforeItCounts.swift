// A wrong server for stage 5: what is wrong? Check 5.20 finds it.

import Engine

/// It normalises and searches a name of any length, and all other clients wait.
final class LooksBeforeItCounts: Chat {
    override func isTooMuchToLookAt(_ input: String) -> Bool { false }
}
