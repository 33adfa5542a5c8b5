// What a program keeps with a socket: `socket.data[User.self] = user`. In: values. Out: the same,
// by their types, so that no cast is needed. Next: SocketTools.swift.

/// Values of any type, one of each.
public struct SocketData {
    private var values: [ObjectIdentifier: Any] = [:]

    /// The value of this type, if there is one.
    public subscript<Value>(_ type: Value.Type) -> Value? {
        get { values[ObjectIdentifier(type)] as? Value }
        set { values[ObjectIdentifier(type)] = newValue }
    }
}
