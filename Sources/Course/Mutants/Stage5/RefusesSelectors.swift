// A wrong server for stage 5: what is wrong? Check 5.22 finds it.

import Engine

/// ❤️ is a heart and a selector for "in colour".
final class RefusesSelectors: Chat {
    override func isInvalid(_ name: String) -> Bool {
        name.unicodeScalars.contains("\u{FE0F}") || super.isInvalid(name)
    }
}
