// One client's HTTP connection: requests in, one after the other, and an answer for each, in
// their order, however many the client sends ahead.
// In: bytes from the stream. Out: exchanges for the app to answer; after an upgrade the stream
// itself. Next: App.swift for who answers, HTTPWire for what the bytes mean.

import HTTPWire
import EngineSockets

/// How long clients may take, in milliseconds.
package struct HTTPTimes {
    /// A connection may be silent so long between two requests.
    package var idle = 30_000
    /// A head has to be complete so long after its first byte: a browser's comes in one packet.
    package var head = 10_000
    /// A whole request has so long: 1 MB at the speed of an old telephone line.
    package var request = 30_000
    /// Connections are looked over at this interval.
    /// Simplified: each time limit above may be kept up to this much late.
    package var sweep = 1_000
}

/// Who answers the requests of a connection.
protocol HTTPService: AnyObject {
    /// The limits that requests have to keep.
    var httpLimits: HTTPLimits { get }
    /// The time limits.
    var httpTimes: HTTPTimes { get }
    /// The current date as a field value.
    var dateField: String { get }
    /// A request has arrived, and not yet the whole of its body.
    func bodyArrives(for head: HTTPRequestHead, on connection: HTTPConnection)
    /// Answers now or later, by `exchange.respond`.
    func handle(_ exchange: HTTPExchange)
    /// The body of a request was too large to be taken.
    func refusedBody(of head: HTTPRequestHead, from peer: SocketAddress)
    /// Adds to a refusal what pages of other sites need to read it.
    func decorate(_ refusal: inout HTTPResponse, for head: HTTPRequestHead)
    /// The connection is over, or has become a WebSocket.
    func ended(_ connection: HTTPConnection)
}

final class HTTPConnection: TCPStreamDelegate {
    /// Requests that are sent ahead wait in a buffer; over so many bytes reading pauses.
    static let pipelineLimit = 65_536
    /// Over so many bytes of unread answers no further request is taken up.
    static let answerLimit = 262_144

    let stream: TCPStream
    /// The moment by which the client has to be further on; nil while it waits for us.
    private(set) var deadline: Int?
    private let service: any HTTPService
    private var decoder: HTTPRequestDecoder
    private var current: HTTPExchange?
    private var isServing = false
    private var isOver = false
    private var hasEnded = false
    private var requestBegan: Int?

    init(stream: TCPStream, service: any HTTPService) {
        self.stream = stream
        self.service = service
        decoder = HTTPRequestDecoder(limits: service.httpLimits)
        deadline = EventLoop.shared.now &+ service.httpTimes.idle
        stream.delegate = self
    }

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
                guard let request = try decoder.nextRequest() else { break }
                begin(request)
            } catch {
                if case .bodyTooLarge = error, let head = decoder.head {
                    service.refusedBody(of: head, from: stream.peer)
                }
                refuse(error.status, "\(error)")
            }
        }
        if !isOver { settle() }
    }

    private func begin(_ request: HTTPRequest) {
        deadline = nil
        requestBegan = nil
        let exchange = HTTPExchange(request: request, connection: self)
        current = exchange
        service.handle(exchange)
    }

    private func settle() {
        if current == nil {
            if isBlocked {
                stream.tellsWhenDrained = true
                deadline = EventLoop.shared.now &+ service.httpTimes.request
                return
            }
            if hasEnded { return stop(lingers: false) }
            if decoder.wantsContinue { stream.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
            updateDeadline()
        }
    }

    private func updateDeadline() {
        let now = EventLoop.shared.now
        switch decoder.progress {
        case .idle:
            requestBegan = nil
            deadline = now &+ service.httpTimes.idle
        case .head:
            requestBegan = requestBegan ?? now
            deadline = (requestBegan ?? now) &+ service.httpTimes.head
        case .body:
            if let head = decoder.head { service.bodyArrives(for: head, on: self) }
            requestBegan = requestBegan ?? now
            deadline = (requestBegan ?? now) &+ service.httpTimes.request
        }
    }

    /// The deadline has passed. A client that never began a request needs no explanation.
    func timedOut() {
        if isBlocked { return stream.abort() }
        if requestBegan == nil { return stop(lingers: false) }
        refuse(.requestTimeout, "the request did not arrive completely in time")
    }

    /// A request that cannot be understood: nobody knows where the next one would begin.
    private func refuse(_ status: HTTPStatus, _ reason: String) {
        var response = HTTPResponse.text(
            "\(status.code) \(status.reasonPhrase): \(reason)\n", status)
        if let head = decoder.head { service.decorate(&response, for: head) }
        write(response, isHead: false, keepsAlive: false, minorVersion: 1)
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
        write(
            response.part(for: head), isHead: head.hasMethod("HEAD"), keepsAlive: keepsAlive,
            minorVersion: head.minorVersion)
        current = nil
        guard keepsAlive else { return stop(lingers: true) }
        if !hasEnded { stream.resumeReading() }
        serve()
    }

    private func write(
        _ response: HTTPResponse, isHead: Bool, keepsAlive: Bool, minorVersion: Int
    ) {
        stream.write(
            response.encode(
                isHead: isHead, keepsAlive: keepsAlive, minorVersion: minorVersion,
                date: service.dateField))
    }

    /// Gives the stream away, for another protocol. What the client sent ahead comes with it.
    func detach() -> (stream: TCPStream, remainder: [UInt8]) {
        isOver = true
        current = nil
        service.ended(self)
        return (stream, decoder.takeRemainder())
    }

    // MARK: - The end

    private var isShuttingDown = false

    /// The server closes: whoever waits for nothing is let go, an answer under way is finished.
    func shutDown() {
        isShuttingDown = true
        if current == nil { stop(lingers: false) }
    }

    private func stop(lingers: Bool) {
        guard !isOver else { return }
        isOver = true
        service.ended(self)
        stream.close(lingers: lingers)
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
        guard exchange === current else { return }
        current = nil
        stop(lingers: false)
    }

    func closed(_ reason: TCPCloseReason) {
        let waiting = current
        current = nil
        if !isOver {
            isOver = true
            service.ended(self)
        }
        if let waiting { waiting.observer?.exchangeAborted(waiting) }
    }
}
