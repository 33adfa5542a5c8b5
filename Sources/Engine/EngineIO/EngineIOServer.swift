// Everything under `/socket.io/`: opens sessions, and finds the one that a request belongs to.
// In: HTTP requests. Out: sessions. Next: EngineIOOpening.swift, Session.swift,
// SessionDeadlines.swift; EngineIOAnswers.swift for the answers.

import SocketIOEvents
import EngineBytes
import EngineIOWire
import HTTPWire
import EngineSockets
import WebSocketWire

final class EngineIOServer: MountedService {
    var options: SocketServerOptions
    unowned let app: App
    /// Sees every request first; see More/EngineHooks.swift.
    var companion: (any EngineCompanion)?
    /// Called for each new session, before anything of it is received.
    var opened: ((Session) -> Void)?
    /// Called when a session may have had too long to join a namespace.
    var joinTimedOut: ((String) -> Void)?
    private var sessions: [String: Session] = [:]
    /// The time limits of sessions, by their ids; see SessionDeadlines.swift.
    var pings = DeadlineQueue<String>()
    var pongs = DeadlineQueue<String>()
    var upgrades = DeadlineQueue<String>()
    var joins = DeadlineQueue<String>()
    var closings = DeadlineQueue<String>()
    private lazy var clientScript = ClientScript()

    init(app: App, options: SocketServerOptions) {
        self.app = app
        self.options = options
        // `/chat` and `chat/` mean `/chat/`, as in the reference.
        let parts = options.path.split(separator: "/")
        self.options.path = parts.isEmpty ? "/" : "/\(parts.joined(separator: "/"))/"
        app.httpLimits.body = max(app.httpLimits.body, options.maxHttpBufferSize)
        app.mount(self, at: self.options.path)
        EventLoop.shared.add(self)
    }

    /// An open session, by its id.
    func session(withID sid: String) -> Session? { sessions[sid] }

    /// How many sessions are open. Those that are over, and whose clients have not fetched the last
    /// packets yet, don't count.
    private(set) var clientsCount = 0

    /// A session is over.
    func ended() { clientsCount -= 1 }

    // MARK: - Requests

    func handle(_ exchange: HTTPExchange) {
        let head = exchange.request.head
        if head.rawPath.count != options.path.utf8.count { return handleFile(exchange) }
        if head.hasMethod("OPTIONS"), let answer = options.cors?.preflight(for: head) {
            return exchange.respond(answer)
        }
        guard let companion else { return serve(exchange) }
        companion.handle(exchange) { self.serve(exchange) }
    }

    private func serve(_ exchange: HTTPExchange) {
        do {
            try route(exchange)
        } catch {
            refuse(error, exchange)
        }
    }

    /// Answers with an error, and tells who wants to know.
    func refuse(_ error: EngineIOError, _ exchange: HTTPExchange) {
        companion?.refused(error, exchange)
        exchange.respond(refusal(error, exchange.request.head))
    }

    private func handleFile(_ exchange: HTTPExchange) {
        let head = exchange.request.head
        let name = String(head.path.dropFirst(options.path.count))
        guard options.serveClient, ClientScript.files[name] != nil else {
            return answer(.status(.notFound), exchange)
        }
        answer(clientScript.response(named: name, to: head), exchange)
    }

    /// Answers what is no packet; pages of sites that are let in can read that, too.
    private func answer(_ response: HTTPResponse, _ exchange: HTTPExchange) {
        var response = response
        decorate(&response, for: exchange.request.head)
        exchange.respond(response)
    }

    func decorate(_ response: inout HTTPResponse, for head: HTTPRequestHead) {
        options.cors?.apply(to: &response, for: head)
    }

    /// The reference's order of checks: clients rely on the codes.
    private func route(_ exchange: HTTPExchange) throws(EngineIOError) {
        let head = exchange.request.head
        let wantsUpgrade = OpeningHandshake.isRequested(by: head)
        guard Origin.isAllowed(head, options.cors) else {
            Origin.logRefusal(of: head, option: "SocketServerOptions.cors")
            throw .forbidden
        }
        guard let transport = transport(of: head) else { throw .unknownTransport }
        // An empty id is none, as in the reference: old clients write `&sid` at first.
        if let sid = head.queryBytes(named: "sid"), !sid.isEmpty {
            let name = String(decoding: sid, as: UTF8.self)
            guard let session = sessions[name] else { throw .unknownSessionID }
            guard wantsUpgrade == (transport == .websocket) else { throw .badRequest }
            return try forward(exchange, to: session, wantsUpgrade)
        }
        guard head.hasMethod("GET") else { throw .badHandshakeMethod }
        guard wantsUpgrade == (transport == .websocket) else { throw .badRequest }
        let isOfToday = head.queryBytes(named: "EIO")?.elementsEqual("4".utf8) == true
        guard isOfToday || options.oldClients?.speaks(head) == true else {
            throw .unsupportedProtocolVersion
        }
        guard app.admitsSession(exchange.request.peer) else {
            return answer(.status(.tooManyRequests), exchange)
        }
        guard let allowRequest = options.allowRequest else { return open(exchange, transport) }
        let request = exchange.request
        Task {
            if await isAllowed(request, by: allowRequest) {
                open(exchange, transport)
            } else {
                refuse(.forbidden, exchange)
            }
        }
    }

    private func isAllowed(
        _ request: Request, by allowRequest: @MainActor (Request) async throws -> Bool
    ) async -> Bool {
        do {
            return try await allowRequest(request)
        } catch {
            Log.write("allowRequest refused \(request.head.target): \(error)")
            return false
        }
    }

    private func transport(of head: HTTPRequestHead) -> Transport? {
        guard let name = head.queryBytes(named: "transport") else { return nil }
        return options.transports.first { name.elementsEqual($0.rawValue.utf8) }
    }

    private func forward(
        _ exchange: HTTPExchange, to session: Session, _ wantsUpgrade: Bool
    ) throws(EngineIOError) {
        let request = exchange.request
        if wantsUpgrade { return upgrade(exchange, session) }
        guard session.transport == .polling else { throw .badRequest }
        if request.head.hasMethod("GET") {
            session.poll(exchange)
        } else if request.head.hasMethod("POST") {
            // The session lives on after these two: nothing of it was touched.
            let type = request.head.fields["Content-Type"]
            guard session.dialect != nil || type != "application/octet-stream" else {
                Log.write(
                    "a POST of application/octet-stream was refused with 400: in Engine.IO 4 "
                        + "binary data goes as base64, behind a b (\(session.request.address))")
                throw .badRequest
            }
            guard request.body.count <= options.maxHttpBufferSize else {
                refusedBody(of: request.head, from: request.peer)
                return answer(.status(.contentTooLarge), exchange)
            }
            session.post(exchange)
        } else {
            answer(.methodNotAllowed(["GET", "POST"]), exchange)
        }
    }

    func bodyArrives(for head: HTTPRequestHead, on connection: HTTPConnection) {
        session(of: head)?.postBegins(on: connection)
    }

    /// The session that a POST is for.
    func session(of head: HTTPRequestHead) -> Session? {
        guard head.hasMethod("POST"), let sid = head.queryBytes(named: "sid") else { return nil }
        return sessions[String(decoding: sid, as: UTF8.self)]
    }

    // MARK: - Sessions

    /// A new session, which is open from here on.
    func insert(_ session: Session) {
        sessions[session.sid] = session
        clientsCount += 1
        // In an older dialect it is the client that pings.
        if session.dialect == nil { scheduleHeartbeat(of: session) }
        joins.append(session.sid, at: EventLoop.shared.now &+ options.connectTimeout)
    }

    /// A session that is over, and has nothing left to say.
    func forget(_ session: Session) {
        sessions[session.sid] = nil
        // Deadlines outlive their sessions by up to 45 s; with thousands that come and go in a
        // second they would be the most of what is held.
        if pings.count + joins.count > 4 * sessions.count + 2_000 { forgetDeadlines() }
    }

    // MARK: - From the app

    func apply(_ options: LaunchOptions) {
        if let interval = options.pingInterval { self.options.pingInterval = interval }
        if let timeout = options.pingTimeout { self.options.pingTimeout = timeout }
    }

    func shutDown() {
        for session in sessions.values { session.close(.serverShuttingDown) }
        opened = nil
        joinTimedOut = nil
        companion = nil
    }

    /// Whether all clients have fetched what was said to them.
    var isQuiet: Bool { sessions.isEmpty }

    func stop() {
        for session in sessions.values { session.end(.serverShuttingDown) }
        EventLoop.shared.remove(self)
    }
}
