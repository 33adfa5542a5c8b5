// A wrong server for stage 9: what is wrong? Check 9.4 finds it.

import Engine
import TokenWire

final class ForgetsTheEnd: SignInChat {
    override func verified(_ token: String) throws(TokenProblem) -> Claims {
        guard let signer else { throw .invalid("there is no secret") }
        return try signer.verify(token, at: 0)
    }
}
