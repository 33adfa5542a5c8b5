// A wrong server for stage 5: what is wrong? Check 5.21 finds it.

import Engine

/// To it, Ａｄａ is another name than Ada.
final class ComparesOneAlphabet: Chat {
    override func key(_ name: String) -> String { cleaned(name).lowercased() }
}
