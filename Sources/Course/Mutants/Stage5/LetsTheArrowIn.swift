// A wrong server for stage 5: what is wrong? Check 5.22 finds it.

import Engine

/// A visitor called "Ada → Grace" looks like a private message.
final class LetsTheArrowIn: Chat {
    override func hasForbidden(_ name: String) -> Bool {
        super.hasForbidden(name.replacing("→", with: ""))
    }
}
