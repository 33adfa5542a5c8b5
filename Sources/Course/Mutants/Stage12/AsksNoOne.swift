// A wrong server for stage 12: what is wrong? Check 12.3 finds it.

import Engine

final class AsksNoOne: GroupChat {
    override func ask(_ key: String, _ ticket: String) async throws -> [Bool] { [] }
}
