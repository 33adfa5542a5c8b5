// A wrong server for stage 5: what is wrong? Check 5.4 finds it.

import Engine

/// As JavaScript's length does.
final class CountsCodeUnits: Chat {
    override func problem(withName name: String) -> String? {
        name.utf16.count > 20 ? "too long" : super.problem(withName: name)
    }
}
