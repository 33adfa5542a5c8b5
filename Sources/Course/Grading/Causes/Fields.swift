// Rules about values: a field in another spelling, a text in place of an object, an error in other
// words. In: what was expected and what came. Out: the likely cause.
// Next: SharedCauses.swift.

import CourseLanguage
import Foundation
import SocketIOWire

nonisolated enum Fields {
    // MARK: - Acknowledgements

    /// The shape and the spelling of an acknowledgement.
    @MainActor static func ofAnswer(_ evidence: Evidence) -> Sentence? {
        guard let (wanted, arrived) = evidence.otherAnswer else { return nil }
        guard case .object(let fields)? = Optional(arrived) else {
            return "the acknowledgement is \(jsonText(arrived)), and has to be an object: return a "
                + "Reply, `{\"ok\": …}`"
        }
        if arrived["ok"] == nil {
            return renamed(wanted, arrived) ?? "the field `ok` is missing in the acknowledgement"
        }
        if arrived["ok"]?.bool == nil { return "`ok` has to be true or false, without quotes" }
        if wanted["ok"] == true, arrived["ok"] == true, let words = renamed(wanted, arrived) {
            return words
        }
        if arrived["ok"] == true, let error = fields["error"]?.string {
            return "it answers with the error \"\(bounded(error, 40))\" and `ok: true`: a "
                + "refusal has `ok: false`"
        }
        guard wanted["ok"] == false, arrived["ok"] == false, let error = wanted["error"]?.string
        else { return nil }
        guard let other = fields["error"]?.string else {
            return renamed(wanted, arrived) ?? "the field `error` is missing in the refusal"
        }
        guard other != error, !Contract.errors.contains(other) else { return nil }
        return "it is refused, and the error is spelt in another way: \"\(error)\" is expected, "
            + "\"\(bounded(other, 60))\" came"
    }

    /// What is left: an error that exists, and is another one.
    @MainActor static func ofOtherAnswer(_ evidence: Evidence) -> Sentence? {
        guard let (wanted, arrived) = evidence.otherAnswer else { return nil }
        if let error = evidence.error, let right = evidence.wantedError {
            let advice: Sentence =
                Contract.comes(right, before: error)
                ? "the test for \"\(right)\" has to stand above the other"
                : "look at the test that says \"\(bounded(error, 40))\""
            return "\"\(bounded(error, 40))\" is answered where \"\(right)\" is right: \(advice)"
        }
        if let error = evidence.error, evidence.isRefused {
            return "what is right is refused as \"\(error)\": look at the test that says so"
        }
        if wanted["ok"] == true, arrived["ok"] == true, let name = wanted["nickname"]?.string {
            guard let other = arrived["nickname"]?.string else { return nil }
            if other != name { return otherText(other, name, "nickname", in: evidence) }
        }
        return extra(wanted, arrived)
    }

    // MARK: - Events

    /// The arguments of an event.
    @MainActor static func ofEvent(_ evidence: Evidence) -> Sentence? {
        guard let (wanted, arrived, _) = evidence.otherEvent else { return nil }
        let name = wanted.name
        if let words = besides(evidence, wanted, arrived) { return words }
        guard let right = wanted.arguments.first else {
            return "\"\(name)\" has no argument at this stage, and came with "
                + "\(jsonText(arrived.arguments[0]))"
        }
        guard let value = arrived.arguments.first else {
            return "\"\(name)\" came without its argument: \(jsonText(right)) belongs behind "
                + "the name"
        }
        if arrived.arguments.count > max(1, wanted.arguments.count) {
            return "\"\(name)\" came with more than one argument: \(arrived.text)"
        }
        switch (right, value) {
        case (.object, .object): return renamed(right, value)
        case (.object, _):
            return "\"\(name)\" came with \(jsonText(value)) alone: it has to be an object, "
                + "\(jsonText(right)), so emit a struct"
        case (.string, .object): return "\"\(name)\" has to carry the text alone at this stage"
        case (.string, .string): return nil
        default:
            guard !evidence.sendsOtherTypes(name) else { return nil }
            return "\"\(name)\" came with \(jsonText(value)): it has to carry \(jsonText(right))"
        }
    }

    /// The right event has come as well, beside one of another shape.
    @MainActor private static func besides(
        _ evidence: Evidence, _ wanted: Event, _ arrived: Event
    ) -> Sentence? {
        let hasOther =
            arrived.arguments.count != wanted.arguments.count
            || (arrived.arguments.first?.object == nil) != (wanted.arguments.first?.object == nil)
        guard hasOther, let client = evidence.otherEvent?.client,
            evidence.received(wanted.name, at: client).contains(where: { $0.event == wanted })
        else { return nil }
        return "\"\(wanted.name)\" comes as it should, and also as \(bounded(arrived.text, 60)): "
            + "two lines send it, is the one of an earlier stage still there?"
    }

    /// An event of the right shape with other values: it comes again, or to the client that it is
    /// about, or is about another one.
    @MainActor static func ofOtherEvent(_ evidence: Evidence) -> Sentence? {
        guard let (wanted, arrived, client) = evidence.otherEvent else { return nil }
        let value = arrived.arguments.first
        if let fields = wanted.arguments.first, let words = swapped(fields, value) { return words }
        if let text = value?.string ?? value?["text"]?.string, !evidence.hasSent(text) {
            let isTrimmed = evidence.hasSent {
                $0.trimmingCharacters(in: .whitespacesAndNewlines) == text
            }
            if evidence.hasSent({ $0.hasPrefix(text) && !text.isEmpty }) {
                return "the text is cut: a length is limited somewhere"
            }
            let isChanged = evidence.hasSent {
                !$0.isEmpty && ($0.lowercased() == text.lowercased() || text.contains($0))
            }
            if isChanged {
                return "the text is changed on the way, \(jsonText(.string(text))): it has to "
                    + "be sent as it came"
            }
            if !isTrimmed {
                return "it carries \(jsonText(.string(text))), which no client has "
                    + "sent: is a variable's name in quotes, or the wrong variable sent, or a "
                    + "text of before kept?"
            }
        }
        if let words = twice(evidence, arrived, client) { return words }
        guard let right = wanted.arguments.first, let value, case .object = right else {
            return nil
        }
        if Targets.isOwn(arrived, evidence.client(client)) {
            return Targets.comesBack(arrived.name)
        }
        return otherValue(right, value, evidence)
    }

    /// The same event again, in place of the next one.
    @MainActor private static func twice(
        _ evidence: Evidence, _ arrived: Event, _ client: String
    ) -> Sentence? {
        let same = evidence.received(arrived.name, at: client).count { $0.event == arrived }
        guard same > 1 else { return nil }
        let often: Sentence = same == 2 ? "twice" : "\(same) times"
        return "\"\(arrived.name)\" comes \(often): two lines send it, or its handler is set "
            + "again and again"
    }

    /// An object with the right fields and another value.
    @MainActor private static func otherValue(
        _ wanted: JSON, _ arrived: JSON, _ evidence: Evidence
    ) -> Sentence? {
        guard case .object(let fields) = wanted else { return nil }
        for (key, right) in fields.sorted(by: { $0.0 < $1.0 }) where arrived[key] != right {
            let name = String(key)
            guard let value = arrived[name] else { continue }
            if value == .null {
                return "`\(name)` is null: the nickname is gone, or was never "
                    + "there"
            }
            if let right = right.bool, value.bool == !right {
                return "`\(name)` is \(!right) and has to be \(right): is it the other way round?"
            }
            guard let text = value.string, let wantedText = right.string else {
                return "`\(name)` is \(jsonText(value)), and has to be \(jsonText(right))"
            }
            return otherText(text, wantedText, name, in: evidence)
        }
        return extra(wanted, arrived)
    }

    /// One text in place of another.
    @MainActor private static func otherText(
        _ text: String, _ right: String, _ field: String, in evidence: Evidence
    ) -> Sentence? {
        let trimmed = text.drop(while: \.isWhitespace)
        if text != right, trimmed.hasPrefix(right),
            trimmed.dropFirst(right.count).allSatisfy(\.isWhitespace)
        {
            return "`\(field)` is sent as it was typed, with the blanks around it: use the "
                + "trimmed one"
        }
        if text == right.lowercased() {
            return "`\(field)` is the key in small letters, and has to be the name as it was typed"
        }
        if text.count == 20, field == "nickname" || field == "from", !text.contains(" ") {
            return "`\(field)` is the socket's id, and has to be the nickname"
        }
        if field != "text", let other = evidence.clients.first(where: { $0.nickname == text }) {
            return "`\(field)` is the name of another client, \(other.name): it has to be that "
                + "of the one it is about"
        }
        return "`\(field)` is \(jsonText(.string(text))), and has to be "
            + "\(jsonText(.string(right))): is a variable's name in quotes, or the wrong "
            + "variable sent?"
    }

    /// Two fields with each other's values.
    private static func swapped(_ wanted: JSON, _ arrived: JSON?) -> Sentence? {
        guard let from = wanted["from"], let text = wanted["text"], from != text,
            arrived?["from"] == text, arrived?["text"] == from
        else { return nil }
        return "`from` and `text` have each other's values"
    }

    // MARK: - Keys

    /// A field too many.
    private static func extra(_ wanted: JSON, _ arrived: JSON) -> Sentence? {
        guard case .object(let right) = wanted, case .object(let fields) = arrived else {
            return nil
        }
        let names = fields.map { String($0.0) }.filter { right[$0] == nil }.sorted()
        return names.first.map {
            "the field `\(bounded($0, 40))` does not belong there: it has to be \(jsonText(wanted))"
        }
    }

    /// A field with another name.
    private static func renamed(_ wanted: JSON, _ arrived: JSON) -> Sentence? {
        guard case .object(let right) = wanted, case .object(let fields) = arrived else {
            return nil
        }
        let missing = right.map { String($0.0) }.filter { fields[$0] == nil }.sorted()
        let extra = fields.map { String($0.0) }.filter { right[$0] == nil }.sorted()
        guard let name = missing.first else { return nil }
        let other =
            extra.first { Spelling.isNear($0, name) }
            ?? extra.first { fields[$0] == right[name] } ?? (extra.count == 1 ? extra[0] : nil)
        if let other { return "the field is called `\(name)`, and not `\(bounded(other, 40))`" }
        return "the field `\(name)` is missing"
    }
}
