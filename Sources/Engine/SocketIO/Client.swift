// One connection as Socket.IO sees it: the sockets that a client has, one in each namespace that
// it has joined. In: the session's messages. Out: packets for the right socket.
// Next: SocketIOWire/SocketIOPacketDecoder.swift below, Socket.swift above.

import SocketIOEvents
import EngineIOWire
import Foundation
import EngineSockets
import SocketIOWire

/// A client's connection, which its sockets share.
public final class Client: SessionDelegate {
    /// The connection underneath.
    public var conn: Session { session }
    let session: Session
    unowned let server: SocketServer
    private var sockets: [Socket] = []
    private var decoder = SocketIOPacketDecoder()
    /// How many packets have come in this second.
    private var packets = 0
    private var second = 0

    init(session: Session, server: SocketServer) {
        self.session = session
        self.server = server
        session.delegate = self
    }

    /// How the client is connected at the moment.
    public var transport: Transport { session.transport }

    /// Whether it has joined nothing yet. Who still waits at a door has not.
    var isIdle: Bool { !sockets.contains { $0.connected } }

    /// So many bytes a client may send before it is let in.
    var bytesBeforeEntry: Int { session.server.options.maxHttpBufferSize }

    // MARK: - In

    func received(text: ArraySlice<UInt8>) {
        do {
            // Of Socket.IO 2, as one of today; see More/OldDialect.swift.
            let text = session.dialect?.incoming(text) ?? text
            if let packet = try decoder.decode(text: text) { handle(packet) }
        } catch {
            reject(error)
        }
    }

    func received(binary: [UInt8]) {
        do {
            if let packet = try decoder.decode(binary: binary) { handle(packet) }
        } catch {
            reject(error)
        }
    }

    private func handle(_ packet: SocketIOPacket) {
        do throws(ClientError) {
            try dispatch(packet)
        } catch {
            reject(error)
        }
    }

    /// Spends one of the packets that this second has.
    private func countPacket() throws(ClientError) {
        guard let most = session.server.options.packetsPerSecond else { return }
        let now = EventLoop.shared.now / 1_000
        packets = now == second ? packets + 1 : 1
        second = now
        guard packets <= most else { throw .tooFast(limit: most) }
    }

    private func dispatch(_ packet: SocketIOPacket) throws(ClientError) {
        try countPacket()
        switch packet {
        case .connect(let namespace, let payload):
            try connect(namespace, payload)
        case .disconnect(let namespace):
            socket(in: namespace)?.left(.clientNamespaceDisconnect)
        case .event(let namespace, let ackID, let arguments):
            guard let socket = socket(in: namespace) else { throw .notJoined }
            guard socket.received(arguments, ackID: ackID) else { throw .tooEarly }
        case .ack(let namespace, let ackID, let arguments):
            guard let socket = socket(in: namespace) else { throw .notJoined }
            socket.acknowledged(ackID, arguments)
        case .connectError:
            throw .serversPacket
        }
    }

    private func connect(_ name: String, _ payload: JSONText?) throws(ClientError) {
        guard socket(in: name) == nil else { throw .joinedAlready }
        let most = session.server.options.namespacesPerClient
        guard sockets.count < most else { throw .tooManyNamespaces(limit: most) }
        let handshake = Handshake(
            request: session.request, payload: payload, issued: calendarMilliseconds())
        guard let namespace = server.namespace(named: name, for: handshake) else {
            send(
                SocketIOPacketEncoder.connectError(
                    namespace: name, json: "{\"message\":\"Invalid namespace\"}"))
            return
        }
        let id = namespace.companion?.returningID(payload) ?? RandomID.next()
        // Handlers may have run by now, and closed it.
        guard session.isOpen else { return }
        let socket = Socket(client: self, namespace: namespace, handshake: handshake, id: id)
        sockets.append(socket)
        namespace.admit(socket)
    }

    private func socket(in namespace: String) -> Socket? {
        // A loop: a closure would be asked for its actor at each packet.
        for socket in sockets where WireName.isSame(socket.namespace.name, namespace) {
            return socket
        }
        return nil
    }

    /// Nobody knows what else the client got wrong: the connection is over. The others live on.
    private func reject(_ error: any Error) {
        Log.write("a client was disconnected: \(error)")
        session.close(.parseError)
    }

    // MARK: - Out

    /// Sends a packet that is text.
    func send(_ packet: [UInt8]) {
        // For Socket.IO 2; see More/OldDialect.swift.
        let packet = session.dialect?.outgoing(packet) ?? packet
        session.send(
            OutgoingPacket { bytes in
                bytes.append(UInt8(ascii: "4"))
                bytes.append(contentsOf: packet)
            })
    }

    // MARK: - The end

    /// Closes the connection, with all its sockets.
    func close(_ reason: DisconnectReason) {
        session.close(reason)
    }

    /// Puts the client out of all its namespaces, so that it does not come back by itself, and
    /// closes the connection.
    func disconnect() {
        for socket in sockets { socket.disconnect() }
        close(.forcedClose)
    }

    /// A socket has left its namespace; the connection stays for others.
    func removed(_ socket: Socket) {
        sockets.removeAll { $0 === socket }
    }

    func ended(_ reason: DisconnectReason) {
        let leaving = sockets
        sockets = []
        for socket in leaving { socket.left(reason) }
    }
}

/// Valid packets at the wrong moment.
enum ClientError: Error, CustomStringConvertible {
    case notJoined
    case joinedAlready
    case serversPacket
    case tooEarly
    case tooManyNamespaces(limit: Int)
    case tooFast(limit: Int)

    var description: String {
        switch self {
        case .notJoined: "it sent a packet for a namespace that it has not joined"
        case .joinedAlready: "it sent CONNECT for a namespace that it has joined already"
        case .serversPacket: "it sent CONNECT_ERROR, which only servers send"
        case .tooManyNamespaces(let limit): "it joined more than \(limit) namespaces"
        case .tooFast(let limit): "it sent more than \(limit) packets in a second"
        case .tooEarly: "it sent too much before a middleware had let it in"
        }
    }
}
