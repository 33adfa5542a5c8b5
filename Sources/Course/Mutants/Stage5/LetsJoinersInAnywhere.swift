// A wrong server for stage 5: what is wrong? Check 5.22 finds it.

import Engine

/// A joiner between two letters cannot be seen.
final class LetsJoinersInAnywhere: Chat {
    override func withoutEmoji(_ name: String) -> String {
        super.withoutEmoji(name).replacing(
            /\u{200D}/.matchingSemantics(.unicodeScalar), with: "")
    }
}
