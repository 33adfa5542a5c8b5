// A wrong server for stage 5: what is wrong? Check 5.3 finds it.

import Engine

final class LooksForEmptyBeforeTrimming: Chat {
    override func claim(_ input: String, _ socket: Socket) -> Reply {
        if input.isEmpty { return .refusal("empty") }
        return super.claim(input, socket)
    }
    override func problem(withName name: String) -> String? {
        name.isEmpty ? nil : super.problem(withName: name)
    }
}
