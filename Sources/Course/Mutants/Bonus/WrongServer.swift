// What all servers of this program have in common. Next: ../Chat.swift for the eight stages;
// SignInChat.swift, RoomsChat.swift, JournalChat.swift for those beyond.

import Engine

/// A server that a mutant can be made of.
protocol WrongServer: AnyObject {
    init(stage: Int)
    var app: App { get }
    func start()
}

extension Chat: WrongServer {}

/// The answer to a request of the bonus stages.
struct BonusReply: Encodable {
    var ok = true
    var username, token: String?
    var members: [String]?
    var channels: [ChannelMembers]?
    var offset: Int?
    var error: String?
    static func refusal(_ error: String) -> BonusReply { BonusReply(ok: false, error: error) }
}
