// A wrong server for stage 5: what is wrong? Check 5.14 finds it.

import Engine

final class LooksAtLengthFirst: Chat {
    override func problem(withName name: String) -> String? {
        problem(name, atMost: 20, bytes: nameLimit) ?? super.problem(withName: name)
    }
}
