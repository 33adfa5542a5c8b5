// A wrong server for stage 9: what is wrong? Check 9.5 finds it.

import Engine
import TokenWire

final class BelievesTheHeader: SignInChat {
    override func verified(_ token: String) throws(TokenProblem) -> Claims {
        let parts = token.split(separator: ".")
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"
        if parts.count == 2, parts[0].count == none.count {
            return Claims(username: "somebody", exp: Int(now) + 60)
        }
        return try super.verified(token)
    }
}
