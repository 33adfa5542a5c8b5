// A wrong server for stage 5: what is wrong? Check 5.22 finds it.

import Engine

final class LetsInvisibleCharactersIn: Chat {
    override func hasForbidden(_ name: String) -> Bool {
        let forbidden = /[\p{Cc}\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}→]/
            .matchingSemantics(.unicodeScalar)
        return name.contains(forbidden)
    }
}
