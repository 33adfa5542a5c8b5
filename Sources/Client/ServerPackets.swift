// What a socket does with the server's packets, and when the manager reports that the connection
// is open, lost, or given up. In: packets. Out: calls of handlers.
// Next: Recovery.swift; EmittedPackets.swift for the other direction.

import EngineSockets
import SocketIOEvents
import SocketIOWire

extension ClientSocket {
    /// The connection is open: asks to join the namespace.
    func connectionOpened() {
        connection += 1
        early = []
        guard let authProvider else { return sendConnect(auth) }
        Task { [connection] in
            let auth = await authProvider()
            if connection == self.connection, active { sendConnect(auth) }
        }
    }

    /// Sends CONNECT, with `auth` as its payload.
    private func sendConnect(_ auth: JSON?) {
        var json = ""
        if let auth = recovery.connectPayload(auth) {
            do {
                json = try ArgumentsEncoder.text(of: auth)
            } catch {
                Log.write("auth could not be encoded: \(error)")
            }
        }
        manager.send(SocketIOPacketEncoder.connect(namespace: namespace, json: json))
    }

    func received(_ packet: SocketIOPacket) {
        switch packet {
        case .connect(_, let payload): receivedConnect(payload)
        case .event(_, let ackID, let arguments):
            if connected {
                receivedEvent(arguments, ackID)
            } else {
                early.append((arguments, ackID))
            }
        case .ack(_, let id, let arguments): pendingAcks.take(id)?(.success(arguments))
        case .disconnect:
            ended(.serverDisconnect)
            finishWaiting(.disconnected)
        case .connectError(_, let payload): receivedConnectError(payload)
        }
    }

    private func receivedConnect(_ payload: JSONText?) {
        struct ConnectPayload: Decodable {
            let sid: String
            let pid: String?
        }
        guard let answer = payload?.decode(ConnectPayload.self) else {
            return attemptFailed(.transport("the server speaks Socket.IO 2; this client 3 to 4"))
        }
        id = answer.sid
        recovered = recovery.connected(answer.pid)
        let missed = early
        early = []
        for event in missed { receivedEvent(event.arguments, event.ackID) }
        let buffered = waiting
        waiting = []
        for (event, ackID) in buffered { send(event, ackID) }
        tryNext()
        finishWaiting(nil)
        for handler in connectHandlers { handler() }
        run(local: "connect")
    }

    private func receivedEvent(_ arguments: Arguments, _ ackID: Int?) {
        runAny(arguments.eventName, arguments)
        listeners.take(arguments).run(arguments, PendingAnswer(self, id: ackID))
        recovery.received(arguments, isQuestion: ackID != nil)
    }

    private func receivedConnectError(_ payload: JSONText?) {
        struct ErrorPayload: Decodable {
            let message: String
            let data: JSON?
        }
        let refusal = payload?.decode(ErrorPayload.self)
        let text = payload?.decode(String.self)
        let error = ClientError.refused(
            refusal?.message ?? text ?? "the server has refused", data: refusal?.data)
        ended(.serverDisconnect)
        for handler in errorHandlers { handler(error) }
        finishWaiting(error)
    }

    /// An attempt to connect has failed; the manager tries again.
    func attemptFailed(_ error: ClientError) {
        for handler in errorHandlers { handler(error) }
    }

    /// The last attempt has failed: no other follows.
    func attemptsEnded(_ error: ClientError) { finishWaiting(error) }

    /// The connection is gone; the manager tries to get it back.
    func connectionLost(_ reason: ClientDisconnectReason) {
        guard connected else { return }
        id = nil
        // An event that is still to be sent keeps its acknowledgement.
        let kept = Set(waiting.compactMap(\.ackID))
        for done in pendingAcks.takeAll(except: kept) { done(.failure(.disconnected)) }
        for handler in disconnectHandlers { handler(reason) }
        run(local: "disconnect", [reason.rawValue])
    }

    /// The socket has left its namespace, and stays away until `connect` is called.
    func ended(_ reason: ClientDisconnectReason) {
        active = false
        manager.leave(self)
        connectionLost(reason)
        if reason == .clientDisconnect { finishWaiting(.disconnected) }
        for end in sequenceEnds.values { end() }
        sequenceEnds = [:]
    }
}
