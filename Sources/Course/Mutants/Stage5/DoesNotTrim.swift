// A wrong server for stage 5: what is wrong? Check 5.2 finds it.

import Engine
import Foundation

final class DoesNotTrim: Chat {
    override func cleaned(_ name: String) -> String { name.precomposedStringWithCanonicalMapping }
}
