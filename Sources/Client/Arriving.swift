// What the manager tells a socket: the connection stands, a packet has come, all is over.
// In: packets of the server. Out: calls of handlers.
// Next: Recovery.swift; Sending.swift for what goes the other way.

import EngineSockets
import SocketIOEvents
import SocketIOWire

extension ClientSocket {
    /// The connection stands: ask to be let in.
    func connectionOpened() {
        connection += 1
        early = []
        guard let authProvider else { return knock(auth) }
        Task { [connection] in
            let auth = await authProvider()
            if connection == self.connection, active { knock(auth) }
        }
    }

    private func knock(_ auth: JSON?) {
        var json = ""
        if let auth = recovery.greeting(auth) {
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
        case .connect(_, let payload): entered(payload)
        case .event(_, let ackID, let arguments):
            if connected { heard(arguments, ackID) } else { early.append((arguments, ackID)) }
        case .ack(_, let id, let arguments): pendingAcks.take(id)?(.success(arguments))
        case .disconnect:
            left(.serverDisconnect)
            arrived(.disconnected)
        case .connectError(_, let payload): refused(payload)
        }
    }

    private func entered(_ payload: JSONText?) {
        struct Welcome: Decodable {
            let sid: String
            let pid: String?
        }
        guard let welcome = payload?.decode(Welcome.self) else {
            return failed(.transport("the server speaks Socket.IO 2; this client 3 to 4"))
        }
        id = welcome.sid
        recovered = recovery.entered(welcome.pid)
        let missed = early
        early = []
        for event in missed { heard(event.arguments, event.ackID) }
        let buffered = waiting
        waiting = []
        for (event, ackID) in buffered { send(event, ackID) }
        tryNext()
        arrived(nil)
        for handler in connectHandlers { handler() }
        run(local: "connect")
    }

    private func heard(_ arguments: Arguments, _ ackID: Int?) {
        let name = arguments.eventName
        runAny(name, arguments)
        listeners.take(name).run(name, arguments, Ack(self, id: ackID))
        recovery.heard(arguments, isQuestion: ackID != nil)
    }

    private func refused(_ payload: JSONText?) {
        struct Refusal: Decodable {
            let message: String
            let data: JSON?
        }
        let refusal = payload?.decode(Refusal.self)
        let text = payload?.decode(String.self)
        let error = ClientError.refused(
            refusal?.message ?? text ?? "the server has refused", data: refusal?.data)
        left(.serverDisconnect)
        for handler in errorHandlers { handler(error) }
        arrived(error)
    }

    /// An attempt to connect has failed; the manager tries again.
    func failed(_ error: ClientError) {
        for handler in errorHandlers { handler(error) }
    }

    /// There will be no further attempt.
    func gaveUp(_ error: ClientError) { arrived(error) }

    /// The connection is gone; the manager tries to get it back.
    func lost(_ reason: ClientDisconnectReason) {
        guard connected else { return }
        id = nil
        // What is still to be sent is still waited for.
        let kept = Set(waiting.compactMap(\.ackID))
        for done in pendingAcks.takeAll(except: kept) { done(.failure(.disconnected)) }
        for handler in disconnectHandlers { handler(reason) }
        run(local: "disconnect", [reason.rawValue])
    }

    func left(_ reason: ClientDisconnectReason) {
        active = false
        manager.leave(self)
        lost(reason)
        if reason == .clientDisconnect { arrived(.disconnected) }
        for end in ends.values { end() }
        ends = [:]
    }
}
