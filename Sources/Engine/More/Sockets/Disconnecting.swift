// `socket.disconnect()`: the server puts a client out. In: a socket. Out: the packet that tells the
// client, and the same end as when it leaves by itself. Next: SocketIO/Socket.swift.

import SocketIOWire

extension Socket {
    /// Puts the client out of the namespace, or, with `close`, out of all its namespaces, and ends
    /// the connection. The disconnect handlers have run when this returns.
    public func disconnect(close: Bool = false) {
        if close { return client.disconnect() }
        guard connected else {
            return refuse(json: "{\"message\":\"the server has disconnected the socket\"}")
        }
        namespace.kept?.cluster?.sendWaiting(to: self)
        client.send(SocketIOPacketEncoder.disconnect(namespace: namespace.name))
        socketLeft(.serverNamespaceDisconnect)
    }

    /// Keeps it out of the namespace. The client hears `json` as the error of its `connect_error`.
    func refuse(json: String) {
        guard !isGone else { return }
        client.send(SocketIOPacketEncoder.connectError(namespace: namespace.name, json: json))
        leave()
    }
}

extension Client {
    /// Puts the client out of all its namespaces, so that it does not come back by itself, and
    /// closes the connection.
    fileprivate func disconnect() {
        for socket in sockets { socket.disconnect() }
        session.close(.forcedClose)
    }
}
