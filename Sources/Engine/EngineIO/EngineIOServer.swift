// Everything under `/socket.io/`: checks each request, finds the session that it belongs to, and
// answers with the fields that clients and caches look at. In: HTTP requests. Out: sessions,
// answers. Next: EngineIOOpening.swift (a new session), LongPolling.swift and OverWebSocket.swift
// (one that is open), SessionDeadlines.swift.

import EngineBytes
import EngineIOWire
import EngineSockets
import HTTPWire

final class EngineIOServer {
    // No two accesses to what is unchecked here overlap: see EventLoop.
    @exclusivity(unchecked) var options: SocketServerOptions
    unowned let app: App
    /// Called for each new session, before anything of it is received.
    @exclusivity(unchecked) var opened: ((Session) -> Void)?
    /// Those that are not forgotten yet, by their ids.
    @exclusivity(unchecked) private(set) var sessions: [String: Session] = [:]
    /// How many sessions are open. Those that are over, and whose clients have not fetched the last
    /// packets yet, don't count.
    @exclusivity(unchecked) var clientsCount = 0
    /// The time limits of sessions, by their ids: a queue for each `SessionDeadline`.
    @exclusivity(unchecked) var deadlines = SessionDeadline.allCases.map { _ in
        DeadlineQueue<String>()
    }
    private lazy var clientScript = ClientScript()
    /// What More keeps with a server.
    @exclusivity(unchecked) var extras: AnyObject?

    init(app: App, options: SocketServerOptions) {
        self.app = app
        self.options = options
        // `/chat` and `chat/` mean `/chat/`, as in the reference.
        let parts = options.path.split(separator: "/")
        self.options.path = parts.isEmpty ? "/" : "/\(parts.joined(separator: "/"))/"
        app.httpLimits.body = max(app.httpLimits.body, options.maxHttpBufferSize)
        app.services.append((Array(self.options.path.utf8), self))
        EventLoop.shared.add(self)
    }

    // MARK: - Requests

    /// Answers, or takes over, a request under its path.
    func handle(_ exchange: HTTPExchange) {
        let head = exchange.request.head
        if head.rawPath.count == options.path.utf8.count {
            if mayServe(exchange) { serve(exchange) }
            return
        }
        let name = options.serveClient ? String(head.path.dropFirst(options.path.count)) : ""
        answer(exchange, clientScript.response(named: name, to: head))
    }

    /// Routes a request that the hooks have let through.
    func serve(_ exchange: HTTPExchange) {
        do {
            try route(exchange)
        } catch {
            refuse(error, exchange)
        }
    }

    /// The reference's order of checks: clients rely on the codes.
    private func route(_ exchange: HTTPExchange) throws(EngineIOError) {
        let head = exchange.request.head
        guard mayConnect(head) else { throw .forbidden }
        guard let transport = transport(of: head) else { throw .unknownTransport }
        let isOfTransport = head.asksForWebSocket == (transport == .websocket)
        // An empty id is none, as in the reference: old clients write `&sid` at first.
        if let sid = head.queryBytes(named: "sid"), !sid.isEmpty {
            let session = sessions[String(decoding: sid, as: UTF8.self)]
            guard let session else { throw .unknownSessionID }
            guard isOfTransport else { throw .badRequest }
            if transport == .websocket { return upgrade(exchange, session) }
            guard session.transport == .polling else { throw .badRequest }
            return try forward(exchange, to: session)
        }
        guard head.hasMethod("GET") else { throw .badHandshakeMethod }
        guard isOfTransport else { throw .badRequest }
        let isVersion4 = head.queryBytes(named: "EIO")?.equals("4") == true
        guard isVersion4 || understands(head) else { throw .unsupportedProtocolVersion }
        if mayOpen(exchange, transport) { open(exchange, transport) }
    }

    private func transport(of head: HTTPRequestHead) -> Transport? {
        guard let name = head.queryBytes(named: "transport") else { return nil }
        let isWebSocket = name.equals("websocket")
        guard isWebSocket || name.equals("polling") else { return nil }
        let transport: Transport = isWebSocket ? .websocket : .polling
        return options.transports.contains(transport) ? transport : nil
    }

    /// A poll or a POST. After a refusal the session lives on: nothing of it was touched.
    private func forward(_ exchange: HTTPExchange, to session: Session) throws(EngineIOError) {
        let request = exchange.request
        if request.head.hasMethod("GET") { return session.poll(exchange) }
        guard request.head.hasMethod("POST") else {
            return answer(exchange, .methodNotAllowed(["GET", "POST"]))
        }
        // Since Engine.IO 4 binary data goes as base64, in text.
        let isBinary = request.head.fields["Content-Type"] == "application/octet-stream"
        guard !isBinary || !session.speaksVersion4 else { throw .badRequest }
        guard request.body.count <= options.maxHttpBufferSize else {
            refusedBody(of: request.head, from: request.peer)
            return answer(exchange, .status(.contentTooLarge))
        }
        session.post(exchange)
    }

    /// A request under its path has arrived, and not yet the whole of its body.
    func bodyArrives(for head: HTTPRequestHead, on connection: HTTPConnection) {
        guard head.hasMethod("POST"), let sid = head.queryBytes(named: "sid") else { return }
        sessions[String(decoding: sid, as: UTF8.self)]?.postBegins(on: connection)
    }

    // MARK: - Answers

    /// Answers; pages of sites that are let in can read it.
    func answer(_ exchange: HTTPExchange, _ response: HTTPResponse) {
        var response = response
        decorate(&response, for: exchange.request.head)
        exchange.respond(response)
    }

    /// Answers a poll, a POST or a wrong request. An answer is good for once only.
    func answer(_ exchange: HTTPExchange, _ body: ResponseBody, _ status: HTTPStatus = .ok) {
        var response = HTTPResponse(status: status, body: body.bytes)
        response.fields.add("Content-Type", body.type)
        response.fields.add("Cache-Control", "no-store")
        answer(exchange, response)
    }

    /// Answers a request that has no session, or must not have it.
    func answer(_ exchange: HTTPExchange, _ error: EngineIOError) {
        let status: HTTPStatus = error == .forbidden ? .forbidden : .badRequest
        answer(exchange, (error.body, "application/json"), status)
    }

    /// Answers with an error that the hooks hear of.
    func refuse(_ error: EngineIOError, _ exchange: HTTPExchange) {
        refused(error, exchange)
        answer(exchange, error)
    }

    // MARK: - Sessions

    /// A new session, which is open from here on.
    func insert(_ session: Session) {
        sessions[session.sid] = session
        clientsCount += 1
        schedule(.joining, of: session, in: options.connectTimeout)
        // In older versions it is the client that pings.
        if session.speaksVersion4 { scheduleHeartbeat(of: session) }
    }

    /// A session that is over, and has nothing left to say.
    func forget(_ session: Session) {
        sessions[session.sid] = nil
        forgetDeadlines()
    }

    // MARK: - From the app

    /// What the command line says.
    func apply(_ options: LaunchOptions) {
        if let interval = options.pingInterval { self.options.pingInterval = interval }
        if let timeout = options.pingTimeout { self.options.pingTimeout = timeout }
    }
}

/// The body of an answer, and its Content-Type.
typealias ResponseBody = (bytes: [UInt8], type: String)
