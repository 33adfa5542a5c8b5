// A wrong server for stage 10: what is wrong? Check 10.7 finds it.

import Engine

final class PublishesEverywhere: RoomsChat {
    override func publish(_ text: String) -> BonusReply {
        io.of("/post").emit("new message", ["mess": text])
        return super.publish(text)
    }
}
