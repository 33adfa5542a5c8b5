// One client's HTTP connection: requests in, one after the other, and an answer for each, in
// their order, however many the client sends ahead.
// In: bytes from the stream. Out: exchanges for the app to answer; after an upgrade the stream
// itself. Next: App.swift for the answers, HTTPWire for what the bytes mean.

import EngineSockets
import HTTPWire

/// How long clients may take, in milliseconds.
public nonisolated struct HTTPTimes: Sendable {
    /// A connection may be silent so long between two requests.
    public var idle = 30_000
    /// A head has to be complete so long after its first byte: a browser's comes in one packet.
    public var head = 10_000
    /// A whole request has so long: 1 MB at the speed of an old telephone line.
    public var request = 30_000
    /// Connections are looked over at this interval.
    /// Simplified: each time limit above may be kept up to this much late.
    public var sweep = 1_000

    /// The times as they stand above.
    public init() {}
}

/// A connection that speaks HTTP.
final class HTTPConnection: TCPStreamDelegate {
    /// Requests that are sent ahead wait in a buffer; over so many bytes reading pauses.
    static let pipelineLimit = 65_536
    /// Over so many bytes of unread answers no further request is taken up.
    static let answerLimit = 262_144

    let stream: TCPStream
    /// The moment by which the client has to be further on; nil while it waits for us.
    private(set) var deadline: Int?
    private let app: App
    @exclusivity(unchecked) private var decoder: HTTPRequestDecoder  // See EventLoop.
    /// The request that is being answered.
    @exclusivity(unchecked) private var current: HTTPExchange?
    /// When the request began that has not arrived completely.
    private var requestBegan: Int?
    private var isServing = false
    /// Whether the client sends no more.
    private var hasEnded = false
    private var isShuttingDown = false
    /// Whether nothing more is read or answered here.
    private var isOver = false

    init(stream: TCPStream, app: App) {
        self.stream = stream
        self.app = app
        decoder = HTTPRequestDecoder(limits: app.httpLimits)
        deadline = EventLoop.shared.now &+ app.httpTimes.idle
        stream.delegate = self
    }
    nonisolated deinit {}  // See Ack.

    // MARK: - In

    func received(_ bytes: ArraySlice<UInt8>) {
        guard !isOver else { return }
        decoder.feed(bytes)
        serve()
        if decoder.bufferedCount > Self.pipelineLimit { stream.pauseReading() }
    }

    /// Whether a request has arrived, and not yet the whole of its body.
    var isReceivingBody: Bool { !isOver && decoder.progress == .body }

    /// Whether the client has to read before it is answered further.
    private var isBlocked: Bool { stream.queuedByteCount > Self.answerLimit }

    func drained() {
        guard !isOver, current == nil else { return }
        if !hasEnded { stream.resumeReading() }
        serve()
    }

    /// Takes up one request after the other. Answers given at once come back in here while the
    /// loop runs, and only mark their exchange as done: no recursion for a thousand requests.
    private func serve() {
        guard !isServing else { return }
        isServing = true
        defer { isServing = false }
        while current == nil, !isOver, !isBlocked {
            do {
                guard let (head, body) = try decoder.nextRequest() else { break }
                begin(app.received(Request(head: head, body: body, peer: stream.peer)))
            } catch {
                if case .bodyTooLarge = error, let head = decoder.head {
                    app.service(for: head)?.refusedBody(of: head, from: stream.peer)
                }
                refuse(error.status, "\(error)")
            }
        }
        if current == nil, !isOver { waitForClient() }
    }

    private func begin(_ request: Request) {
        deadline = nil
        requestBegan = nil
        let exchange = HTTPExchange(request: request, connection: self)
        current = exchange
        app.handle(exchange)
    }

    /// There is nothing to answer: it is the client's turn, to read or to send.
    private func waitForClient() {
        let (now, times) = (EventLoop.shared.now, app.httpTimes)
        if isBlocked {
            stream.tellsWhenDrained = true
            deadline = now &+ times.request
            return
        }
        if hasEnded { return stop(lingers: false) }
        if decoder.wantsContinue { stream.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
        let began = requestBegan ?? now
        requestBegan = began
        switch decoder.progress {
        case .idle:
            requestBegan = nil
            deadline = now &+ times.idle
        case .head:
            deadline = began &+ times.head
        case .body:
            deadline = began &+ times.request
            guard let head = decoder.head else { return }
            app.service(for: head)?.bodyArrives(for: head, on: self)
        }
    }

    /// The deadline has passed. A client that never began a request needs no explanation.
    func timedOut() {
        if isBlocked { return stream.abort() }
        if requestBegan == nil { return stop(lingers: false) }
        refuse(.requestTimeout, "the request did not arrive completely in time")
    }

    /// A request that cannot be understood: where the next one would begin is unknown.
    private func refuse(_ status: HTTPStatus, _ reason: String) {
        var response = HTTPResponse.text(
            "\(status.code) \(status.reasonPhrase): \(reason)\n", status)
        if let head = decoder.head { app.service(for: head)?.decorate(&response, for: head) }
        write(response, for: nil, keepsAlive: false)
        stop(lingers: true)
    }

    // MARK: - Out

    /// The answer to the current exchange.
    func respond(to exchange: HTTPExchange, with response: HTTPResponse) {
        guard exchange === current, !isOver else { return }
        let head = exchange.request.head
        // A client that sends no more may have sent other requests before: they are answered too.
        let isLast = hasEnded && decoder.bufferedCount == 0
        let keepsAlive =
            head.keepsAlive && !isLast && !isShuttingDown
            && response.fields["Connection"] == nil
        write(response.part(for: head), for: head, keepsAlive: keepsAlive)
        current = nil
        guard keepsAlive else { return stop(lingers: true) }
        if !hasEnded { stream.resumeReading() }
        serve()
    }

    private func write(_ response: HTTPResponse, for head: HTTPRequestHead?, keepsAlive: Bool) {
        stream.write(
            response.encode(
                isHead: head?.hasMethod("HEAD") == true, keepsAlive: keepsAlive,
                minorVersion: head?.minorVersion ?? 1, date: app.dateField))
    }

    // MARK: - The end

    /// Gives the stream away, for another protocol. What the client sent ahead comes with it.
    func detach() -> (stream: TCPStream, remainder: [UInt8]) {
        leave()
        return (stream, decoder.takeRemainder())
    }

    /// The server closes: an answer under way is finished, a connection that waits is closed.
    func shutDown() {
        isShuttingDown = true
        if current == nil { stop(lingers: false) }
    }

    private func stop(lingers: Bool) {
        guard !isOver else { return }
        leave()
        stream.close(lingers: lingers)
    }

    /// It is over, or has become a WebSocket.
    private func leave() {
        isOver = true
        current = nil
        app.connections[ObjectIdentifier(self)] = nil
    }

    /// The client sends no more. Answers that are ready still go out; a poll that waits for
    /// something to happen is given up, as the reference does.
    func receivedEnd() {
        hasEnded = true
        // Our last answer may still be on its way out: the stream knows when it is done.
        guard !isOver else { return }
        if let current { current.observer?.exchangeAborted(current) }
        serve()
    }

    /// There will be no answer, and so none for what came behind.
    func abandon(_ exchange: HTTPExchange) {
        if exchange === current { stop(lingers: false) }
    }

    func closed(_ reason: TCPCloseReason) {
        let waiting = current
        leave()
        if let waiting { waiting.observer?.exchangeAborted(waiting) }
    }
}
