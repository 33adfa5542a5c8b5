// One connection of a visitor and the one to the server that belongs to it: two streams, and a pipe
// each way. In: what the pipes receive. Out: what they send on, and events for the decoder.
// Next: Pipe.swift, FrameAncestors.swift.

import CourseLanguage
import EngineSockets

/// A relayed connection.
final class RelayedConnection {
    let number: Int
    private let visitor: TappedVisitor
    private let tap: TrafficTap
    private let stream: TCPStream
    private var toServer: Pipe?
    private var toVisitor: Pipe?
    private var framing: FrameAncestors
    /// A server may listen on one of the two alone; the last one is tried first.
    private var hosts = ["::1", "127.0.0.1"].compactMap { SocketAddress(literal: $0) }
    private var refusal: String?
    private var isConnected = false
    private var isOver = false
    private var visitorIsClosed = false
    private var serverIsClosed = false

    init(_ number: Int, _ stream: TCPStream, visitor: TappedVisitor, tap: TrafficTap) {
        self.number = number
        self.visitor = visitor
        self.tap = tap
        self.stream = stream
        framing = FrameAncestors(origin: tap.framingOrigin)
        tap.observe(.opened, self)
    }

    var visitorName: String { visitor.name }
    var weather: Weather { visitor.weather }

    // MARK: - The beginning

    /// Connects to the server; the visitor's bytes wait with the system until then.
    func connect() {
        isConnected = false
        stream.pauseReading()
        do {
            let address = hosts.removeLast().with(port: visitor.targetPort)
            let server = try TCPStream.connect(to: address)
            toServer = Pipe(.toServer, from: stream, to: server, of: self)
            toVisitor = Pipe(.toVisitor, from: server, to: stream, of: self)
            server.tellsWhenDrained = true
        } catch {
            refuse("\(error)")
        }
    }

    private func refuse(_ reason: String) {
        refusal = refusal ?? reason
        guard hosts.isEmpty else { return connect() }
        tap.observe(.refused(refusal ?? reason), self)
        isOver = true
        serverIsClosed = true
        stream.close(lingers: true)
    }

    /// The stream that `pipe` reads from has sent all that was written to it; the first time, it
    /// is connected, or has failed to, which is told before anything else is read.
    func drained(_ pipe: Pipe) {
        if pipe.way == .toVisitor { isConnected = true }
        if isConnected { weatherChanged() }
        other(than: pipe)?.sinkDrained()
    }

    func weatherChanged() {
        guard isConnected else { return }
        toServer?.run()
        toVisitor?.run()
    }

    func other(than pipe: Pipe) -> Pipe? { pipe.way == .toServer ? toVisitor : toServer }

    // MARK: - What passes

    /// What is to be sent on of received bytes.
    func pass(_ bytes: [UInt8], _ way: Way) -> [UInt8] {
        guard !isOver else { return [] }
        guard way == .toVisitor else {
            tap.observe(.bytes(bytes[...], way), self)
            return bytes
        }
        let passed = framing.pass(bytes, isStart: tap.expectsResponse(number))
        guard let passed else { return [] }
        tap.observe(.bytes(passed.received[...], way, isChanged: passed.isChanged), self)
        if weather.blocksWebSockets, passed.sent.starts(with: "HTTP/1.1 101 ".utf8) {
            forbid()
            return []
        }
        return passed.sent
    }

    /// To the visitor: the answer of a proxy that knows no WebSockets. The server has let one in,
    /// and sees it break off.
    private func forbid() {
        tap.observe(.weather("WebSockets are blocked: answered with 403"), self)
        isOver = true
        let answer = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        stream.write(Array(answer.utf8))
        stream.close(lingers: true)
        toVisitor?.source.reset()
    }

    // MARK: - The end

    /// A side has sent its last byte. Returns what was held back of a head that is not whole.
    func ends(_ way: Way) -> [UInt8] {
        let rest = way == .toVisitor ? framing.release() : []
        if !rest.isEmpty { tap.observe(.bytes(rest[...], way), self) }
        tap.observe(.ended(way), self)
        return rest
    }

    /// Both sides have said that they send no more, and both have been told.
    func finishIfEnded() {
        guard toServer?.hasPassedEnd == true, toVisitor?.hasPassedEnd == true else { return }
        isOver = true
        stream.abort()
        toVisitor?.source.abort()
    }

    /// Breaks the connection off to both sides.
    func cut(_ reason: Sentence) {
        guard !isOver else { return }
        tap.observe(.weather(reason), self)
        isOver = true
        stream.reset()
        toVisitor?.source.reset()
    }

    /// The stream that `pipe` reads from is closed. Unless it was closed here, or each side has
    /// ended it, its peer has broken the connection off, and so shall the other side see it.
    func closed(_ pipe: Pipe, _ reason: TCPCloseReason) {
        if !isOver, pipe.way == .toVisitor, case .failed(let code) = reason {
            let error = SystemError("connect to port \(visitor.targetPort)", code: code)
            if error.wasNeverConnected { return refuse("\(error)") }
        }
        let isEnded = pipe.hasEnded && other(than: pipe)?.hasPassedEnd == true
        if !isOver, !isEnded, reason != .closedHere {
            tap.observe(.reset(pipe.way), self)
            pipe.passReset()
        }
        if pipe.way == .toServer { visitorIsClosed = true } else { serverIsClosed = true }
        guard visitorIsClosed, serverIsClosed else { return }
        visitor.isOver(number)
        (toServer, toVisitor) = (nil, nil)
    }
}
