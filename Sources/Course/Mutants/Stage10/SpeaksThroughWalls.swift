// A wrong server for stage 10: what is wrong? Check 10.9 finds it.

import Engine

final class SpeaksThroughWalls: RoomsChat {
    override func problem(_ post: Post, _ socket: Socket) -> String? {
        let problem = super.problem(post, socket)
        return problem == "not in" ? nil : problem
    }
}
