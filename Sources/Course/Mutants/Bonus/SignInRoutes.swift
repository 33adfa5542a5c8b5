// The routes of stage 9's right server. Next: SignInChat.swift.

import Engine
import Foundation
import TokenWire

struct Credentials: Decodable { var name, password: String }

extension SignInChat {
    func body<Value: Decodable>(_ request: Request, as type: Value.Type) -> Value? {
        try? JSONDecoder().decode(type, from: Data(request.body))
    }

    private func welcome(_ name: String, _ status: Status) throws -> Response {
        let claims = Claims(username: name, exp: Int(now) + 86_400)
        let token = try signer?.sign(claims) ?? ""
        return try .json(BonusReply(username: name, token: token), status)
    }

    func serve() {
        app.get("/login") { _ in try .file("step9/index.html") }
        app.post("/register") { [self] in try await register($0) }
        app.post("/login") { [self] in try await login($0) }
        app.post("/push") { [self] in try push($0) }
    }

    private func register(_ request: Request) async throws -> Response {
        guard let new = body(request, as: Credentials.self), new.name != "all",
            new.name.wholeMatch(of: /[a-z0-9_-]{1,20}/) != nil,
            (8...200).contains(new.password.utf8.count)
        else { return try .json(BonusReply.refusal("invalid"), 400) }
        let isFreeBefore = users[new.name] == nil
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        let count = rounds
        let stored = await Task.detached {
            StoredPassword(of: new.password, salt: salt, rounds: count)
        }.value
        guard isFree(new.name, before: isFreeBefore) else {
            return try .json(BonusReply.refusal("taken"), 409)
        }
        try save(new.name, new.password, stored)
        return try welcome(new.name, 201)
    }

    private func login(_ request: Request) async throws -> Response {
        guard let given = body(request, as: Credentials.self) else {
            return try .json(BonusReply.refusal("invalid"), 400)
        }
        guard mayTry(given.name) else { return try .json(BonusReply.refusal("wait"), 429) }
        guard let stored = users[given.name] else { return try unknown() }
        let isRight = await Task.detached { stored.matches(given.password) }.value
        guard isRight else { return try .json(BonusReply.refusal("wrong"), 401) }
        tries[given.name] = nil
        return try welcome(given.name, 200)
    }

    private func push(_ request: Request) throws -> Response {
        let token = String(request.fields["Authorization"]?.trimmingPrefix("Bearer ") ?? "")
        guard let sender = try? verified(token) else {
            return try .json(BonusReply.refusal("token invalid"), 401)
        }
        guard let words = body(request, as: Words.self) else {
            return try .json(BonusReply.refusal("invalid"), 400)
        }
        guard let ids = addressee(words.to ?? "") else {
            return try .json(BonusReply.refusal("offline"), 404)
        }
        io.to(Array(ids)).emit("message", message(sender.username, .string(words.data)))
        return try .json(BonusReply())
    }
}
