// What is said first on a connection: the version of the protocol, user and password, the
// connection's name, the database; and whether Redis is ready (it may still read its data).
// In: the URL and the options. Out: nil, or what is wrong, as a sentence.
// Spec: Redis commands HELLO, AUTH, CLIENT SETNAME, SELECT, PING. Next: Redis.swift.

import RESPWire

extension RedisRequest {
    /// Asks for a sign of life.
    static let ping = RedisRequest(RESPCommand("PING")) { _ in }

    /// One command, with one answer.
    init(
        _ command: RESPCommand, answerTimeout: Int? = nil,
        _ done: @escaping (Result<RESPValue, RedisError>) -> Void
    ) {
        self.init(
            name: command.name, bytes: command.encoded, expectation: .answers(1),
            answerTimeout: answerTimeout
        ) { answers in
            done(answers.flatMap { Self.result(of: $0[0], to: command.name) })
        }
    }

    /// An error that Redis reports is the failure of what was asked for.
    static func result(
        of answer: RESPValue, to command: String
    ) -> Result<RESPValue, RedisError> {
        guard let error = answer.error else { return .success(answer) }
        return .failure(.refused(command: command, message: error.message))
    }
}

extension RedisConnection {
    /// Greets Redis. `done` is not called when the connection ends meanwhile.
    func greet(_ done: @escaping (String?) -> Void) {
        guard version == .resp3 else { return authenticate(done) }
        var words: [any RESPArgument] = [3]
        if let password = server.password {
            words += ["AUTH", server.user ?? "default", password] as [any RESPArgument]
        }
        if let name = options.clientName { words += ["SETNAME", name] as [any RESPArgument] }
        ask(RESPCommand("HELLO", arguments: words)) { [weak self] answer in
            guard let self else { return }
            guard let error = answer.error else { return self.select(done) }
            // Servers before Redis 6, and some proxies.
            guard error.code == "NOPROTO" || error.message.contains("unknown command") else {
                return done(Self.sentence("HELLO", error))
            }
            self.version = .resp2
            self.authenticate(done)
        }
    }

    /// The same in version 2.
    private func authenticate(_ done: @escaping (String?) -> Void) {
        guard let password = server.password else { return setName(done) }
        let words = [server.user, password].compactMap { $0 }
        ask(RESPCommand("AUTH", arguments: words)) { [weak self] answer in
            if let error = answer.error { return done(Self.sentence("AUTH", error)) }
            self?.setName(done)
        }
    }

    private func setName(_ done: @escaping (String?) -> Void) {
        guard let name = options.clientName else { return select(done) }
        // A name is a help for people: without it, everything works.
        ask(RESPCommand("CLIENT", "SETNAME", name)) { [weak self] _ in self?.select(done) }
    }

    private func select(_ done: @escaping (String?) -> Void) {
        guard server.database != 0 else { return askWhetherReady(done) }
        ask(RESPCommand("SELECT", server.database)) { [weak self] answer in
            if let error = answer.error { return done(Self.sentence("SELECT", error)) }
            self?.askWhetherReady(done)
        }
    }

    /// A server that reads its data refuses everything; one that forbids PING is ready.
    private func askWhetherReady(_ done: @escaping (String?) -> Void) {
        ask(RESPCommand("PING")) { answer in
            guard let error = answer.error, error.code != "NOPERM" else { return done(nil) }
            done(Self.sentence("PING", error))
        }
    }

    /// An error is a value here; the end of the connection is told elsewhere.
    private func ask(_ command: RESPCommand, _ answered: @escaping (RESPValue) -> Void) {
        send(
            RedisRequest(
                name: command.name, bytes: command.encoded, expectation: .answers(1),
                answerTimeout: nil
            ) { if case .success(let answers) = $0 { answered(answers[0]) } })
    }

    /// How a sentence begins about a Redis that is there.
    static let refusal = "Redis refuses "

    private static func sentence(_ command: String, _ error: RESPError) -> String {
        let advice =
            switch error.code {
            case "NOAUTH": " (it wants a password; give it in the URL: redis://user:password@host)"
            case "WRONGPASS": " (the URL's user and password are not Redis's)"
            case "LOADING": " (it is starting, and will take commands soon)"
            default: ""
            }
        // The advice comes first: lines in a log end somewhere, and Redis's texts are long.
        return "\(refusal)\(command)\(advice): \(error)"
    }
}
