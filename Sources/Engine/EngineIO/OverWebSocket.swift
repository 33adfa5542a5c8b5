// A session over WebSocket, where each message is a packet; and its way there from long-polling
// without losing, doubling or reordering a message: the new connection is tried beside the old one,
// and takes over when the client says so. In: messages, and the connection's end.
// Out: packets for Session.swift. Next: Sources/Wire/EngineIO/SessionState.swift, which decides.

import EngineBytes
import EngineIOWire
import EngineSockets

extension Session: WebSocketHandler {
    func received(text: [UInt8]) {
        guard webSocket != nil else {
            // What is no packet ends an upgrade as any other wrong packet does.
            let packet = try? EngineIOPacket.decode(text: text[...])
            return receiveWhileUpgrading(packet ?? .noop, text)
        }
        // Nearly every packet is a message; the state does not change by it.
        if isOpen, extras == nil, text.first == "4" {
            delegate?.received(text: text.dropFirst())
            return
        }
        do {
            receive(try packet(text: text))
        } catch {
            fail(.parseError, "\(error)", text)
        }
    }

    func received(binary: [UInt8]) {
        guard webSocket != nil else {
            return receiveWhileUpgrading(.binary(binary), Array("bytes".utf8))
        }
        do {
            receive(try packet(binary: binary))
        } catch {
            fail(.parseError, "\(error)", binary)
        }
    }

    func webSocketClosed(_ end: WebSocketEnd) {
        guard webSocket.take() != nil else {
            candidate = nil
            return state.endUpgrade()
        }
        if end.wasTooSlow { wasCutOff() }
        switch end.code {
        case .protocolError, .messageTooBig, .invalidPayload:
            let option = end.code == .messageTooBig ? " (maxHttpBufferSize)" : ""
            fail(
                end.code == .invalidPayload ? .transportClose : .transportError,
                "its WebSocket failed with \(end.code.rawValue): \(end.reason)\(option)")
        default: self.end(end.wasTooSlow ? .transportError : .transportClose)
        }
    }

    // MARK: - The upgrade

    /// A WebSocket comes to take over. False: there is nothing to take over.
    func beginUpgrade(_ connection: WebSocketConnection) -> Bool {
        guard phase != .over, state.beginUpgrade(now: EventLoop.shared.now) else { return false }
        candidate = connection
        connection.handler = self
        server.schedule(.upgrade, of: self, in: server.options.upgradeTimeout)
        return true
    }

    /// A packet over the connection that wants to take over.
    private func receiveWhileUpgrading(_ packet: EngineIOPacket, _ text: [UInt8]) {
        guard phase != .over else { return }
        let action = state.receiveWhileUpgrading(packet)
        if action == .abandonUpgrade {
            let came = String(decoding: text.prefix(60), as: UTF8.self)
            Log.write(
                "a client's upgrade was given up: expected 2probe and then 5, but \"\(came)\" came "
                    + "(\(request.address))")
        }
        carryOut(action)
    }

    /// The reference ends the old poll from a timer; at once is sooner, and the client goes on.
    func answerProbe() {
        candidate?.send("3probe")
        answerPoll()
    }

    func completeUpgrade() {
        guard let connection = candidate.take() else { return }
        webSocket = connection
        for packet in waiting.take() { connection.send(frame: frame(of: packet, over: connection)) }
        // It was closed meanwhile, and the client has not come for the last packets until now.
        guard isOpen else { return giveUp() }
        // A client that did not wait for the end of its poll.
        answerPoll()
        hasUpgraded()
    }

    func abandonUpgrade() {
        candidate.take()?.close()
    }
}
