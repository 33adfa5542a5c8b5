// Connection state recovery: after a short loss the server sends what was missed. In: the pid that
// it gave us, and the events that come. Out: what to tell it when we come back.
// The official client never forgets on its own accord: what it holds is replaced by the next answer
// to CONNECT and by the next event. Next: Arriving.swift.

import SocketIOEvents
import SocketIOWire

struct Recovery {
    /// The name of our stay at the server, known to nobody else; nil: it keeps no record.
    private var pid: String?
    /// Where we are in the stream of its events.
    private var offset: String?

    /// The server has let us in. True: it is the same stay, and nothing was missed.
    mutating func entered(_ pid: String?) -> Bool {
        defer { self.pid = pid }
        return pid != nil && pid == self.pid
    }

    /// An event has been handled. A server with recovery puts the offset behind its arguments; what
    /// is last is taken for it, whatever it is (of an event without arguments: the name), as the
    /// official client does. Behind a question there stands none: those are not sent again.
    mutating func heard(_ arguments: Arguments, isQuestion: Bool) {
        let last = arguments.count - 1
        guard pid != nil, !isQuestion,
            arguments.text(at: last)?.first == UInt8(ascii: "\""),
            let offset = try? arguments.decode(String.self, at: last)
        else { return }
        self.offset = offset
    }

    /// What CONNECT says: `{pid, offset, ...auth}`. Other auth than an object stays alone.
    func greeting(_ auth: JSON?) -> JSON? {
        guard let pid else { return auth }
        var fields: JSON.Members = ["pid": .string(pid)]
        if let offset { fields["offset"] = .string(offset) }
        switch auth {
        case nil: return .object(fields)
        case .object(let own):
            for (name, value) in own { fields[name] = value }
            return .object(fields)
        case .some(let other): return other
        }
    }
}
