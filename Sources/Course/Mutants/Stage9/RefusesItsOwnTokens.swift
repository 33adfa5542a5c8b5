// A wrong server for stage 9: what is wrong? Check 9.1 finds it.

import Engine
import TokenWire

final class RefusesItsOwnTokens: SignInChat {
    override func verified(_ token: String) throws(TokenProblem) -> Claims {
        let claims = try super.verified(token)
        // A token of 24 hours is one of its own.
        guard Double(claims.exp) < now + 80_000 else { throw .invalid("not known") }
        return claims
    }
}
