// Events that no handler listens to: mostly a slip in a name, which would be looked for at length.
// (The reference says nothing.) In: an event's name, and the names that have handlers. Out: a line
// in the log, once for each name and socket, and few of them: names are the client's choice.
// Next: SocketIO/SocketIOHooks.swift.

import EngineBytes
import SocketIOEvents
import SocketIOWire
import EngineSockets

/// Tells of events that no handler listens to.
struct UnheardEvents {
    /// So many names are told of each socket.
    static let namesPerSocket = 10
    /// So many lines are written in a minute, of all sockets of a server together.
    static let linesPerMinute = 20
    /// What a line shows of a name, in Unicode scalars; a longer one is not compared either.
    private static let longestName = 60

    private var minute = 0
    private var lines = 0

    /// An event has come, and these are the names that have handlers.
    mutating func tell(_ event: String, among names: [String]) {
        let now = EventLoop.shared.now / 60_000
        if now != minute { (minute, lines) = (now, 0) }
        lines += 1
        guard lines <= Self.linesPerMinute else { return }
        Log.write(Self.sentence(event, among: names))
        guard lines == Self.linesPerMinute else { return }
        Log.write("further events that reach no handler are not logged for up to a minute")
    }

    /// `the event "chat mesage" reached no handler: did you mean "chat message"? There are …`
    static func sentence(_ event: String, among names: [String]) -> String {
        let beginning = "the event \(quoted(event)) reached no handler: "
        guard !names.isEmpty else { return beginning + "the socket has none" }
        let names = names.sorted()
        let list = "here are handlers for \(names.map(quoted).joined(separator: ", "))"
        guard let meant = closest(to: event, among: names) else { return "\(beginning)t\(list)" }
        return "\(beginning)did you mean \(quoted(meant))? T\(list)"
    }

    private static func quoted(_ name: String) -> String {
        let start = String(String.UnicodeScalarView(name.unicodeScalars.prefix(longestName)))
        return "\"\(start)\(start.utf8.count < name.utf8.count ? "…" : "")\""
    }

    // MARK: - Which name may be meant

    /// The name that differs in case, blanks and signs only, or else in a few letters.
    private static func closest(to event: String, among names: [String]) -> String? {
        let wanted = Array(event.unicodeScalars.prefix(longestName + 1))
        guard wanted.count <= longestName else { return nil }
        if let same = names.first(where: { letters(of: $0) == letters(of: event) }) { return same }
        let near = names.filter { $0.unicodeScalars.count <= longestName }
            .map { (name: $0, distance: editDistance(wanted, Array($0.unicodeScalars))) }
            .min { $0.distance < $1.distance }
        guard let near, near.distance <= min(3, (wanted.count + 2) / 4) else { return nil }
        return near.name
    }

    private static func letters(of name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}

extension Socket {
    /// Names of events that no handler has heard, as far as the log has them.
    var unheardNames: Set<WireName> { kept?.unheardNames ?? [] }

    func unheard(_ event: String) {
        guard client.session.server.options.logsUnheardEvents,
            more.unheardNames.count < UnheardEvents.namesPerSocket,
            more.unheardNames.insert(WireName(event)).inserted
        else { return }
        client.server.more.unheardEvents.tell(event, among: listeners.names)
    }
}
