// A client of the chat for checks: it joins over WebSocket, emits, receives, and notes every frame
// in the transcript at the moment in which it comes. It frames and parses by itself (RawClient,
// Foundation's JSON), so that a mistake of the engine cannot hide itself. In: events to send. Out:
// acknowledgements and events, or a failure. Next: ChatExpectations.swift, RawClient.swift.

import CourseLanguage
import Foundation
import EngineSockets
import SocketIOWire

/// A client of the chat.
package final class ChatClient {
    /// An event that has come, and its line in the transcript: lines are in order over all clients.
    package struct Received {
        package let event: Event
        let line: Int
        /// Milliseconds.
        let time = monotonicMilliseconds()
    }

    /// An event that was sent; `id` if it asks for an acknowledgement.
    struct Sent {
        let event: Event
        let id: Int?
        let line: Int
    }

    /// A, B or C: for the transcript.
    package let name: String
    package let raw: RawClient
    let context: CheckContext
    /// The nickname that it was given.
    var nickname: String?
    /// All events that have come, and all that were sent.
    private(set) var received: [Received] = []
    private(set) var sent: [Sent] = []
    /// The line at which it left.
    private(set) var left: Int?
    /// Received events that no check has asked for yet.
    var inbox: [Received] = []
    private(set) var answers: [Int: (values: [JSON], line: Int)] = [:]
    /// Packets that are neither events nor acknowledgements.
    var packets: [String] = []
    /// A frame that could not be read.
    private var broken: Failure?
    private var frames = 0
    private var nextID = 0

    /// `server`: another one than the check's own.
    init(name: String, context: CheckContext, server: Program? = nil) throws {
        self.name = name
        self.context = context
        raw = try RawClient(port: (server ?? context.program).port)
        raw.patience = context.patience
    }

    /// Joins the main namespace.
    func join() async throws {
        let answer = try await knock()
        guard answer.hasPrefix("40{") else {
            throw Failure(expected: "40{\"sid\":…}", arrived: "\(bounded(answer, 120))")
        }
    }

    /// Asks to join a namespace; `query`: more of the address. Returns the answer, yes or no.
    @discardableResult
    func knock(
        _ namespace: String = "/", _ auth: JSON? = nil, query: String = ""
    ) async throws -> String {
        note("connects\(query.isEmpty ? "" : " with \(bounded(query, 80))")")
        do {
            try await raw.openWebSocket(webSocket + query)
        } catch let refused as RefusedWebSocket {
            throw Failure(
                expected: "a Socket.IO server at /socket.io/",
                arrived: "\(refused.status) for a WebSocket there", .noServer(refused.status))
        }
        try await waitFrame("the open packet 0{\"sid\":…}") { $0.hasPrefix("0{") }
        let place = namespace == "/" ? "" : "\(namespace),"
        send("40\(place)\(auth.map(Self.text) ?? "")")
        // Who comes back is first sent what it has missed.
        let comesBack = auth?["pid"] != nil
        var answer = "42"
        while answer.hasPrefix("42") {
            answer = try await waitFrame("40\(place){\"sid\":…}") {
                $0.hasPrefix("40\(place){") || $0.hasPrefix("44\(place){")
                    || comesBack && $0.hasPrefix("42")
            }
            if answer.hasPrefix("42") { sort(answer) }
        }
        raw.onReceive = { [weak self] in self?.drain() }
        drain()
        return answer
    }

    @discardableResult
    private func waitFrame(
        _ what: Sentence, _ matches: (String) -> Bool
    ) async throws -> String {
        let text: String
        do {
            text = try await raw.text()
        } catch {
            throw Failure(expected: what, arrived: "nothing")
        }
        context.lookedAt = note("← \(bounded(text, 200))")
        guard matches(text) else { throw Failure(expected: what, arrived: "\(bounded(text, 120))") }
        return text
    }

    // MARK: - Out

    @discardableResult
    private func note(_ line: String) -> Int { context.note(name, line) }

    /// Sends a text frame as it is.
    @discardableResult
    package func send(_ frame: String) -> Int {
        defer { raw.sendFrame(frame) }
        return note("→ \(bounded(frame, 200))")
    }

    private func send(_ event: String, _ arguments: [JSON], id: Int?) {
        let name = Int(event).map { JSON.int($0) } ?? .string(event)
        let json = Self.text(.array([name] + arguments))
        let line = send("42\(id.map { "\($0)" } ?? "")\(json)")
        sent.append(Sent(event: Event(event, arguments), id: id, line: line))
    }

    /// JSON as it is sent.
    static func text(_ value: JSON) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }

    /// Emits an event.
    package func emit(_ event: String, _ arguments: JSON...) { send(event, arguments, id: nil) }

    /// Emits an event that asks for an acknowledgement; returns its id.
    package func emitWantingAck(_ event: String, _ arguments: [JSON]) -> Int {
        defer { nextID += 1 }
        send(event, arguments, id: nextID)
        return nextID
    }

    /// Emits an event and waits for its acknowledgement.
    package func ask(_ event: String, _ arguments: JSON...) async throws -> JSON {
        let id = emitWantingAck(event, arguments)
        return try await answer(to: id, of: event)
    }

    /// Leaves the namespace.
    package func leave() { left = send("41") }

    /// Breaks the connection without a close frame.
    package func vanish() {
        left = note("vanishes")
        raw.vanish()
    }

    // MARK: - In

    /// Takes all frames that are there.
    private func drain() {
        while let frame = raw.takeFrame() {
            frames += 1
            guard frame.first == 0x81 else {
                note("← \(frame.first == 0x88 ? "closes" : "a frame \(frame.first)")")
                continue
            }
            sort(String(decoding: frame.payload, as: UTF8.self))
        }
    }

    /// An event goes to the inbox, an acknowledgement to the answers.
    private func sort(_ text: String) {
        let line = note("← \(bounded(text, 200))")
        if text == "2" {
            send("3")
            return
        }
        let isOfMain = text.dropFirst(2).first != "/"
        guard isOfMain, text.hasPrefix("42") || text.hasPrefix("43") else {
            return packets.append(text)
        }
        let digits = text.dropFirst(2).prefix { $0.isNumber }
        let json = Data(text.dropFirst(2 + digits.count).utf8)
        guard let values = try? JSONDecoder().decode([JSON].self, from: json) else {
            context.lookedAt = line
            broken = Failure(
                expected: "a packet with a JSON array", arrived: "\(bounded(text, 120))")
            return
        }
        if text.hasPrefix("43") {
            if let id = Int(digits) { answers[id] = (values, line) }
        } else if let name = values.first.flatMap({ $0.string ?? $0.int.map { "\($0)" } }) {
            let event = Event(name, Array(values.dropFirst()))
            // It is about a client of an earlier check, and not this check's business.
            if context.isOld(event) { return context.markOld(line) }
            let new = Received(event: event, line: line)
            received.append(new)
            inbox.append(new)
        }
    }

    /// Waits for the next frame.
    func pump(_ what: Sentence, _ difference: Difference = .other) async throws {
        let before = frames
        try? await raw.wait("a frame") { [unowned self] in frames > before }
        if let broken { throw broken }
        guard frames == before else { return }
        context.lookedAt = nil
        let seen: Sentence = inbox.isEmpty ? "nothing" : "\(texts(inbox.map(\.event)))"
        throw Failure(
            expected: what,
            arrived: raw.hasEnded ? "\(seen) (the server closed the connection)" : seen, difference)
    }

    /// Waits for an acknowledgement.
    package func answer(to id: Int, of event: String) async throws -> JSON {
        while answers[id] == nil {
            try await pump(
                "an acknowledgement of \"\(event)\" for \(name): 43\(id)[…]",
                .noAnswer(event, client: name))
        }
        let answer = answers[id]
        let values = answer?.values ?? []
        context.lookedAt = answer?.line
        guard values.count == 1 else {
            throw Failure(
                expected: "one value in the acknowledgement of \"\(event)\"",
                arrived: "\(values.count): \(values.map(jsonText).joined(separator: ", "))",
                cause: values.isEmpty
                    ? "the acknowledgement has no value: the handler has to return a Reply"
                    : "the acknowledgement has more than one value: the handler has to return a "
                        + "Reply")
        }
        return values[0]
    }

    /// Whether an acknowledgement has come.
    package func isAnswered(_ id: Int) -> Bool { answers[id] != nil }
}
