// Connection state recovery: after a short loss the server sends the events that were missed.
// In: the pid in the server's answer to CONNECT, and each event. Out: the payload of CONNECT.
// Pid and offset are kept until the next answer or event replaces them, as in the official client.
// Next: ServerPackets.swift.

import SocketIOEvents
import SocketIOWire

struct Recovery {
    /// The session's private id at the server, a secret; nil: the server keeps no record of it.
    private var pid: String?
    /// The position of the last event in the server's stream.
    private var offset: String?

    /// The server has accepted the connection. True: it continues the last one.
    mutating func connected(_ pid: String?) -> Bool {
        defer { self.pid = pid }
        return pid != nil && pid == self.pid
    }

    /// An event has been handled. A server with recovery appends the offset to its arguments. The
    /// last argument is taken for it, if it is a string (in an event without arguments: the name),
    /// as in the official client. An event that asks for an acknowledgement has no offset: it is
    /// not sent again.
    mutating func received(_ arguments: Arguments, isQuestion: Bool) {
        let last = arguments.count - 1
        guard pid != nil, !isQuestion,
            arguments.text(at: last)?.first == UInt8(ascii: "\""),
            let offset = try? arguments.decode(String.self, at: last)
        else { return }
        self.offset = offset
    }

    /// The payload of CONNECT: `{pid, offset, ...auth}`. `auth` that is no object stands alone.
    func connectPayload(_ auth: JSON?) -> JSON? {
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
