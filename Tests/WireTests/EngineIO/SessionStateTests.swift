// The session's state machine. Time is an argument: nothing here waits.

import EngineIOWire
import Testing

private func session(_ transport: EngineIOTransport = .polling) -> SessionState {
    SessionState(
        transport: transport, pingInterval: 25_000, pingTimeout: 20_000, upgradeTimeout: 10_000,
        now: 1_000)
}

@Suite("The heartbeat")
struct HeartbeatTests {
    @Test("the first ping is due one interval after the session was opened, and not before")
    func firstPing() {
        var state = session()
        #expect(state.heartbeatDeadline == 26_000)
        #expect(state.heartbeatDue(now: 25_999) == .none)
        #expect(state.heartbeatDue(now: 26_000) == .sendPing)
        #expect(state.heartbeatDeadline == 46_000)
    }

    @Test("a client that does not answer is dropped after interval and timeout, not before")
    func silence() {
        var state = session()
        _ = state.heartbeatDue(now: 26_000)
        #expect(state.heartbeatDue(now: 45_999) == .none)
        #expect(state.heartbeatDue(now: 46_000) == .endByTimeout)
    }

    @Test("the next ping is counted from the pong")
    func pong() {
        var state = session()
        _ = state.heartbeatDue(now: 26_000)
        #expect(state.receive(.pong([]), now: 27_500) == .none)
        #expect(state.heartbeatDeadline == 52_500)
        #expect(state.heartbeatDue(now: 46_000) == .none)
        #expect(state.heartbeatDue(now: 52_500) == .sendPing)
    }

    @Test("a pong without a ping changes nothing")
    func unsolicited() {
        var state = session()
        #expect(state.receive(.pong([]), now: 20_000) == .none)
        #expect(state.heartbeatDeadline == 26_000)
    }

    @Test("messages do not count as pongs")
    func messages() {
        var state = session()
        _ = state.heartbeatDue(now: 26_000)
        _ = state.receive(.text([65]), now: 30_000)
        #expect(state.heartbeatDue(now: 46_000) == .endByTimeout)
    }

    @Test("a client that pings as in version 3 is dropped")
    func clientPing() {
        var state = session()
        guard case .fail = state.receive(.ping([]), now: 2_000) else {
            Issue.record("the ping was accepted")
            return
        }
    }
}

@Suite("Messages and the end")
struct SessionMessageTests {
    @Test("messages are delivered, text as text and binary as binary")
    func deliver() {
        var state = session()
        #expect(state.receive(.text([65, 66]), now: 2_000) == .deliverText([65, 66]))
        #expect(state.receive(.binary([0, 255]), now: 2_000) == .deliverBinary([0, 255]))
    }

    @Test(
        "a close packet ends the session on either transport",
        arguments: [
            EngineIOTransport.polling, .websocket,
        ])
    func close(transport: EngineIOTransport) {
        var state = session(transport)
        #expect(state.receive(.close, now: 2_000) == .endByClient)
    }

    @Test("packets that mean nothing from a client are passed over")
    func ignored() {
        var state = session()
        #expect(state.receive(.noop, now: 2_000) == .none)
        #expect(state.receive(.open([]), now: 2_000) == .none)
        #expect(state.receive(.upgrade, now: 2_000) == .none)
    }
}

@Suite("The upgrade")
struct UpgradeTests {
    @Test("probe, then upgrade: the session changes its transport")
    func whole() {
        var state = session()
        #expect(state.beginUpgrade(now: 2_000) == true)
        #expect(!state.isUpgrading)
        #expect(state.receiveWhileUpgrading(.ping(EngineIOPacket.probe)) == .answerProbe)
        #expect(state.isUpgrading)
        #expect(state.transport == .polling)
        #expect(state.receiveWhileUpgrading(.upgrade) == .completeUpgrade)
        #expect(state.transport == .websocket)
        #expect(!state.isUpgrading)
        #expect(state.upgradeDue(now: 1_000_000) == .none)
    }

    @Test("a second attempt beside the first is refused, and so is one on a WebSocket")
    func refused() {
        var state = session()
        #expect(state.beginUpgrade(now: 2_000) == true)
        #expect(state.beginUpgrade(now: 3_000) == false)
        var upgraded = session(.websocket)
        #expect(upgraded.beginUpgrade(now: 2_000) == false)
    }

    @Test("anything but probe and upgrade, in this order, ends the attempt and not the session")
    func wrongOrder() {
        let wrong: [[EngineIOPacket]] = [
            [.upgrade], [.ping([])], [.ping(EngineIOPacket.probe), .ping(EngineIOPacket.probe)],
            [.text([65])], [.ping(EngineIOPacket.probe), .binary([1])], [.close], [.noop],
        ]
        for packets in wrong {
            var state = session()
            _ = state.beginUpgrade(now: 2_000)
            let last = packets.reduce(SessionAction.none) { _, packet in
                state.receiveWhileUpgrading(packet)
            }
            #expect(last == .abandonUpgrade, "\(packets)")
            #expect(state.transport == .polling)
            #expect(state.receive(.text([66]), now: 3_000) == .deliverText([66]))
            #expect(state.beginUpgrade(now: 4_000) == true, "a new attempt is allowed")
        }
    }

    @Test("an attempt that takes too long is abandoned; the session lives on")
    func timeout() {
        var state = session()
        _ = state.beginUpgrade(now: 2_000)
        _ = state.receiveWhileUpgrading(.ping(EngineIOPacket.probe))
        #expect(state.upgradeDue(now: 11_999) == .none)
        #expect(state.upgradeDue(now: 12_000) == .abandonUpgrade)
        #expect(!state.isUpgrading)
        #expect(state.upgradeDue(now: 13_000) == .none)
    }
}
