// The part of `socket.data` that other servers can see, and that comes along when a client returns
// to another server: one value, Codable. In: a value. Out: the same on any server.
// Next: SocketData.swift, More/Cluster/RemoteSocket.swift.

import EngineSockets
import SocketIOEvents
import SocketIOWire

extension SocketData {
    /// What other servers can see of the data: it is the value of the type `JSON`, an empty object
    /// if there is none. All other values stay in this process. Bytes may get lost on the way: not
    /// every broker carries them.
    public var shared: JSON {
        get { self[JSON.self] ?? [:] }
        set { self[JSON.self] = newValue }
    }

    /// Makes a value the one that other servers can see: `socket.data.share(user)`. It is encoded
    /// now; what is changed later has to be shared again. One that can't be encoded is logged, and
    /// the old one stays.
    public mutating func share(_ value: some Encodable) {
        do {
            var encoder = ArgumentsEncoder()
            try encoder.append(value)
            guard let arguments = Arguments(acknowledgement: encoder.finish()) else { return }
            shared = try arguments.decode(JSON.self, at: 0)
        } catch {
            Log.write("the data of a socket could not be encoded: \(error)")
        }
    }

    /// The shared value as one of this type; nil: it is none.
    public func shared<Value: Decodable>(as type: Value.Type) -> Value? {
        try? shared.decoded(as: type)
    }
}

extension JSON {
    /// The same as a value of this type. Throws what does not fit.
    public func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
        var encoder = ArgumentsEncoder()
        try encoder.append(self)
        guard let arguments = Arguments(acknowledgement: encoder.finish()) else {
            throw AckError.mismatch("the value is nested too deeply")
        }
        return try arguments.decode(type, at: 0)
    }
}
