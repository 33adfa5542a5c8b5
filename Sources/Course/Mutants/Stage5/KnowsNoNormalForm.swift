// A wrong server for stage 5: what is wrong? Check 5.13 finds it.

import Engine
import Foundation

final class KnowsNoNormalForm: Chat {
    override func cleaned(_ name: String) -> String {
        name.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
