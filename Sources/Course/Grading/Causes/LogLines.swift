// What the engine's log says about an event. In: lines of standard error. Out: what was meant.
// Next: SharedCauses.swift.

extension Evidence {
    /// `a handler of the event "…" failed: …`: the error.
    func thrown(_ event: String) -> String? {
        rest(
            of: "a handler of the event \"\(event)\" "
                + "failed: ")
    }

    /// Why `the event "…" reached no handler: …`. Where a check sends other types on purpose, a
    /// mismatch says nothing.
    func unheard(_ event: String, ignoringTypes: Bool = false) -> String? {
        let reason = rest(of: "the event \"\(event)\" reached no handler: ")
        return ignoringTypes && reason?.hasPrefix("argument ") == true ? nil : reason
    }

    private func rest(of beginning: String) -> String? {
        log.last { $0.hasPrefix(beginning) }.map { String($0.dropFirst(beginning.count)) }
    }

    /// The name in `did you mean "…"?`
    static func meant(_ reason: String) -> String? {
        reason.firstMatch(of: /did you mean "([^"]+)"/).map { String($0.output.1) }
    }

    /// Whether the engine has stopped to log events that reach no handler.
    var isLogFull: Bool {
        (earlierLog + log).contains { $0.hasPrefix("further events that reach no handler") }
    }

    /// Whether an event was sent with other types on purpose: not a text, or a text beside others.
    func sendsOtherTypes(_ event: String) -> Bool {
        guard Stages.course.contains(stage) else { return false }
        return clients.flatMap(\.sent).contains { sent in
            guard sent.event.name == event else { return false }
            return switch event {
            case "typing": sent.event.arguments.first?.bool == nil
            case "private message":
                sent.event.field("to")?.string == nil
                    || sent.event.field("text")?.string == nil
            default: sent.event.arguments.first?.string == nil
            }
        }
    }

    /// The lines of the log that are about the failure: at most three, cut.
    var serverWords: [String] {
        let names = sentNames
        let lines = log.filter { line in
            guard line.hasPrefix("the event \""), line.contains("argument ") else { return true }
            return !names.contains { line.hasPrefix("the event \"\($0)\"") && sendsOtherTypes($0) }
        }
        var told: [String] = []
        for line in lines where !told.contains(line) { told.append(line) }
        return told.suffix(3).map { bounded($0, 240) }
    }
}
