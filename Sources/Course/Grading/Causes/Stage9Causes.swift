// What is likely wrong when a check of stage 9 fails. Next: Cause.swift, Stage10Causes.swift.

import CourseLanguage

nonisolated func stage9Causes() -> [String: [Cause]] {
    tokenCauses().merging(tableCauses()) { first, _ in first }
        .merging(routeCauses()) { first, _ in first }
}

extension Evidence {
    /// What was tried: `another secret: 44{…}` is about "another secret".
    var trial: Sentence { Sentence(words: String(expected.prefix { $0 != ":" })) }

    /// Whether a client was let in that had to be refused.
    var isLetIn: Bool { expected.contains("44") && arrived.hasPrefix("40") }

    /// Whether one was refused that had to be let in.
    var isKeptOut: Bool { expected.contains("40") && arrived.hasPrefix("44") }
}

/// The routes, by what they answer.
private nonisolated func noRoute(_ path: String) -> Cause {
    Cause { evidence in
        let status = evidence.arrived.prefix(3)
        if status == "404" || status == "405" {
            return "there is no route for POST \(path): `app.post(\"\(path)\") { request in … }`"
        }
        if status == "500" { return "the route threw an error: the log says which" }
        if status == "400" {
            return "what is right is refused as invalid: look at the guard that reads the body"
        }
        return nil
    }
}

private nonisolated func tokenCauses() -> [String: [Cause]] {
    [
        "9.1": [
            noRoute("/register"),
            Cause(
                "the token that the route makes is refused: one secret and one struct of claims "
                    + "for `sign` and `verify`"
            ) { $0.isKeptOut },
            Cause("a user with a token is not greeted: `socket.emit(2, …)` in onConnection") {
                $0.noEvent?.wanted.name == "2"
            },
            Cause(
                "the answer has other fields: it is {\"ok\": true, \"username\": …, "
                    + "\"token\": …}"
            ) { $0.expected.contains("\"token\"") },
        ],
        "9.2": [
            Cause("the token in the address is not read: `?? socket.handshake.query[\"token\"]`") {
                $0.isKeptOut && $0.expected.contains("the address")
            },
            Cause(
                "a right token in auth is refused: the secret is what TOKEN_SECRET in the "
                    + "environment says, the token is `handshake.auth[\"token\"]?.string`"
            ) {
                $0.isKeptOut && $0.expected.contains("auth")
            },
            Cause(
                "who comes in with a token is not in the list under the token's name: "
                    + "`sockets[claims.username]`, and `io.emit(1, list())`"
            ) {
                $0.noEvent?.wanted.name == "1" || $0.expected.hasPrefix("a list")
            },
        ],
        "9.3": [
            Cause { evidence in
                evidence.isLetIn
                    ? "who comes with \(evidence.trial) is let in: `io.use` has to throw a "
                        + "ConnectError" : nil
            },
            Cause("it is refused in other words: the message is exactly \"token invalid\"") {
                $0.arrived.hasPrefix("44")
            },
        ],
        "9.4": [
            Cause("a token whose time is over is let in: give `verify` the time of now") {
                $0.isLetIn
            },
            Cause(
                "a token that has ended is called invalid: `error == .expired` is "
                    + "\"token expired\""
            ) { $0.arrived.contains("token invalid") },
        ],
        "9.5": [
            Cause { evidence in
                evidence.isLetIn
                    ? "a token with \(evidence.trial) is let in: only HS256, only with our "
                        + "signature, only in its time" : nil
            }
        ],
        "9.11": [
            Cause(
                "a token ends, and its user stays: a Task in onConnection that sleeps until "
                    + "`exp`"
            ) { $0.noEvent?.wanted.name == "0" },
            Cause("after the event 0 the connection stays: `socket.disconnect(close: true)`") {
                $0.arrived == "neither"
            },
        ],
    ]
}

private nonisolated func tableCauses() -> [String: [Cause]] {
    [
        "9.6": [
            Cause("one user is in the list twice: name the users, and not their sockets") {
                let names = $0.arrived.split(separator: "\"username\":\"").dropFirst()
                return Set(names.map { $0.prefix { $0 != "\"" } }).count < names.count
            },
            Cause(
                "a user leaves the list with the first tab that closes: remove the socket from "
                    + "the set, and the user when the set is empty"
            ) {
                $0.expected.contains("a tab is open")
            },
            Cause(
                "no client is told that the list has changed: `io.emit(1, list())` at connect and "
                    + "at disconnect"
            ) { $0.noEvent?.wanted.name == "1" },
        ],
        "9.7": [
            Cause("`user` is taken from what the client sends: it is the token's") {
                $0.otherEvent?.arrived.field("user") == "somebody else"
            },
            Cause("it does not reach its sender: `io.emit`, and not `socket.broadcast.emit`") {
                $0.noEvent?.wanted.name == "2" && $0.noEvent?.client == "A"
            },
            Cause("a message without text is accepted") { $0.isAccepted },
        ],
        "9.8": [
            Cause(
                "one tab of the addressee gets it, and another does not: send to each socket in "
                    + "the set"
            ) {
                $0.noEvent?.wanted.name == "3" && !$0.receivers(of: "3").isEmpty
            },
            Cause(
                "it reaches no client: is the test in front of `emit` the other way round, or the "
                    + "table another one?"
            ) { $0.noEvent?.wanted.name == "3" || $0.isRefused },
            Cause("it comes back to its sender as well: only the addressee's sockets are meant") {
                $0.unwanted?.client == "A"
            },
            Cause("others read it as well: `io.to(Array(sockets)).emit`, and not `io.emit`") {
                $0.unwanted != nil
            },
            Cause("a user who is not there is written to: answer \"offline\"") { $0.isAccepted },
        ],
        "9.9": [
            Cause(
                "who was refused is in the list: the table is written before the token is looked "
                    + "at. Write it in onConnection"
            ) { $0.expected.hasPrefix("a list") },
            Cause("a message to a user who was refused is accepted: the table knows them") {
                $0.isAccepted
            },
        ],
    ]
}

private nonisolated func routeCauses() -> [String: [Cause]] {
    [
        "9.10": [
            Cause(
                "a user who is here counts as not there: is the test the other way round, or "
                    + "does the route read another table than the connections write?"
            ) {
                $0.expected.hasPrefix("status 200") && $0.arrived == "404"
            },
            noRoute("/push"),
            Cause(
                "it is answered with ok, and reaches no client: "
                    + "`io.to(Array(ids)).emit(\"message\", …)`"
            ) { $0.noEvent?.wanted.name == "message" },
            Cause("anybody may push: without a right token the answer is 401") {
                $0.expected.contains("401") && $0.arrived == "200"
            },
            Cause("it reaches others as well") { $0.unwanted != nil },
        ],
        "9.12": [
            Cause(
                "an unknown name is answered in another way than a wrong password: who asks "
                    + "learns which names exist"
            ) { $0.trial == "an unknown name" },
            Cause("a wrong password is accepted: `guard isRight`") {
                $0.expected.contains("401") && $0.arrived == "200"
            },
            Cause("a name or a password that breaks the rules is registered") {
                $0.expected.contains("400") && $0.arrived == "201"
            },
        ],
        "9.13": [
            Cause("there is no limit: a sixth try within a minute is 429") {
                $0.trial == "a sixth try"
            },
            Cause("one name's tries count for all: count them by name") {
                $0.trial == "another name"
            },
        ],
        "9.14": [
            Cause(
                "the users are gone after a restart: write users.json after each registration, "
                    + "and read it at the start"
            ) { $0.expected == "status 200" },
            Cause("the password itself is in a file: store what StoredPassword makes of it") {
                $0.expected == "the password in no file"
            },
            Cause("a secret is printed: log what happened, and not with which words") {
                $0.arrived == "printed"
            },
        ],
        "9.15": [
            Cause("both get the name: it is looked up before the await, and not behind it") {
                $0.arrived == "[201, 201]"
            }
        ],
    ]
}
