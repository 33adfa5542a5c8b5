// A wrong server for stage 9: what is wrong? Check 9.14 finds it.

import Engine
import Foundation
import TokenWire

final class StoresPasswords: SignInChat {
    override func save(_ name: String, _ password: String, _ stored: StoredPassword) throws {
        try super.save(name, password, stored)
        try Data("\(name) \(password)\n".utf8).write(to: folder.appending(path: "backup.txt"))
    }
}
