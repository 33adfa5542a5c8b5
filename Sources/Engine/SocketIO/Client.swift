// One connection as Socket.IO sees it: the sockets that a client has, one in each namespace that
// it has joined. In: the session's messages. Out: packets for the right socket.
// Next: SocketIOWire/SocketIOPacketDecoder.swift below, Socket.swift above.

import EngineIOWire
import Foundation
import Sockets
import SocketIOWire

/// A client's connection, which its sockets share.
public final class Client: SessionDelegate {
    let session: Session
    private unowned let server: SocketServer
    private var sockets: [Socket] = []
    private var decoder = SocketIOPacketDecoder()

    init(session: Session, server: SocketServer) {
        self.session = session
        self.server = server
        session.delegate = self
    }

    /// How the client is connected at the moment.
    public var transport: Transport { session.transport }

    /// Whether it has joined nothing yet.
    var isIdle: Bool { sockets.isEmpty }

    // MARK: - In

    func received(text: ArraySlice<UInt8>) {
        do {
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

    private func dispatch(_ packet: SocketIOPacket) throws(ClientError) {
        switch packet {
        case .connect(let namespace, let payload):
            try connect(namespace, payload)
        case .disconnect(let namespace):
            socket(in: namespace)?.left(.clientNamespaceDisconnect)
        case .event(let namespace, let ackID, let arguments):
            guard let socket = socket(in: namespace) else { throw .notJoined }
            socket.received(arguments, ackID: ackID)
        case .ack(let namespace, let ackID, let arguments):
            guard let socket = socket(in: namespace) else { throw .notJoined }
            socket.acknowledged(ackID, arguments)
        case .connectError:
            throw .serversPacket
        }
    }

    private func connect(_ name: String, _ payload: JSONText?) throws(ClientError) {
        guard socket(in: name) == nil else { throw .joinedAlready }
        guard let namespace = server.namespace(named: name) else {
            send(
                SocketIOPacketEncoder.connectError(
                    namespace: name, json: "{\"message\":\"Invalid namespace\"}"))
            return
        }
        let handshake = Handshake(
            request: session.request, payload: payload, issued: calendarMilliseconds())
        let socket = Socket(client: self, namespace: namespace, handshake: handshake)
        sockets.append(socket)
        send(SocketIOPacketEncoder.connect(namespace: name, json: "{\"sid\":\"\(socket.id)\"}"))
        namespace.joined(socket)
    }

    private func socket(in namespace: String) -> Socket? {
        sockets.first { $0.namespace.name == namespace }
    }

    /// Nobody knows what else the client got wrong: the connection is over. The others live on.
    private func reject(_ error: any Error) {
        Log.write("a client was disconnected: \(error)")
        session.close(.parseError)
    }

    // MARK: - Out

    /// Sends a packet that is text.
    func send(_ packet: [UInt8]) {
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

    var description: String {
        switch self {
        case .notJoined: "it sent a packet for a namespace that it has not joined"
        case .joinedAlready: "it sent CONNECT for a namespace that it has joined already"
        case .serversPacket: "it sent CONNECT_ERROR, which only servers send"
        }
    }
}
