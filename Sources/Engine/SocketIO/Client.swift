// One connection as Socket.IO sees it: the sockets that a client has, one in each namespace that
// it has joined. In: the session's messages. Out: events for the right socket.
// Next: Sources/Wire/SocketIO/SocketIOPacketDecoder.swift below, Socket.swift above.

import EngineIOWire
import EngineSockets
import SocketIOEvents
import SocketIOWire

/// A client's connection, which its sockets share.
public final class Client: SessionDelegate {
    let session: Session
    unowned let server: SocketServer
    @exclusivity(unchecked) var sockets: [Socket] = []
    @exclusivity(unchecked) private var decoder = SocketIOPacketDecoder()

    init(session: Session, server: SocketServer) {
        self.session = session
        self.server = server
    }
    nonisolated deinit {}  // See Ack.

    // MARK: - In

    func received(text: ArraySlice<UInt8>) {
        do {
            let text = session.extras == nil ? text : session.incoming(text)
            if let packet = try decoder.decode(text: text) { dispatch(packet) }
        } catch {
            reject("\(error)")
        }
    }

    func received(binary: [UInt8]) {
        do {
            if let packet = try decoder.decode(binary: binary) { dispatch(packet) }
        } catch {
            reject("\(error)")
        }
    }

    private func dispatch(_ packet: consuming SocketIOPacket) {
        if let problem = session.excess() { return reject(problem) }
        switch consume packet {
        case .connect(let namespace, let payload): join(namespace, payload)
        case .disconnect(let namespace):
            socket(in: namespace)?.socketLeft(.clientNamespaceDisconnect)
        case .event(let namespace, let ackID, let arguments):
            guard let socket = socket(in: namespace) else { return rejectStranger() }
            socket.received(arguments, ackID: ackID)
        case .ack(let namespace, let ackID, let arguments):
            guard let socket = socket(in: namespace) else { return rejectStranger() }
            socket.acknowledged(ackID, arguments)
        case .connectError: reject("it sent CONNECT_ERROR, which only servers send")
        }
    }

    private func join(_ name: String, _ payload: JSONText?) {
        guard socket(in: name) == nil else {
            return reject("it sent CONNECT for a namespace that it has joined already")
        }
        let most = session.server.options.namespacesPerClient
        guard sockets.count < most else {
            return reject("it joined more than \(most) namespaces")
        }
        let handshake = Handshake(
            keptRequest: session.keptRequest, payload: payload?.copied(),
            issued: calendarMilliseconds())
        guard let namespace = server.namespace(named: name, for: handshake) else {
            let json = "{\"message\":\"Invalid namespace\"}"
            return send(SocketIOPacketEncoder.connectError(namespace: name, json: json))
        }
        let id = namespace.returningID(payload) ?? RandomID.next()
        // Handlers may have run by now, and closed it.
        guard session.isOpen else { return }
        let socket = Socket(client: self, namespace: namespace, handshake: handshake, id: id)
        sockets.append(socket)
        if socket.mayEnter() { socket.enter() }
    }

    private func socket(in namespace: String) -> Socket? {
        // A loop: a closure would be asked for its actor at each packet.
        for index in sockets.indices {
            let socket = sockets[index]
            if WireName.isSame(socket.namespace.name, namespace) { return socket }
        }
        return nil
    }

    private func rejectStranger() {
        reject("it sent a packet for a namespace that it has not joined")
    }

    /// What else the client got wrong is unknown: the connection is over. The others live on.
    func reject(_ problem: String) {
        session.note("a client was disconnected: \(problem)")
        session.close(.parseError)
    }

    // MARK: - Out

    /// Sends a packet without arguments, as a message of Engine.IO.
    func send(_ packet: [UInt8]) {
        var bytes: [UInt8] = []
        OutgoingMessage.begin(&bytes)
        bytes += session.outgoing(packet)
        session.send(OutgoingPacket(ending: &bytes))
    }

    // MARK: - The end

    func joinTimedOut() {
        if !sockets.contains(where: \.connected) { session.close(.forcedServerClose) }
    }

    func ended(_ reason: DisconnectReason) {
        let leaving = sockets
        sockets = []
        for socket in leaving { socket.socketLeft(reason) }
    }
}
