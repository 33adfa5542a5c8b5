// What a stage begins with: routes, pages and protocols on one port.
// In: connections. Out: answers from whoever is in charge of a path.
// Next: HTTPConnection.swift (one client), Listening.swift and Closing.swift (its beginning and its
// end), Upgrading.swift (WebSockets), Run.swift (`app.run()`).

import SocketIOEvents
import Foundation
import HTTPWire
import EngineSockets
import WebSocketWire

/// A protocol with a path of its own, such as `/socket.io/`.
protocol MountedService: AnyObject {
    /// A request under its path has arrived, and not yet the whole of its body.
    func bodyArrives(for head: HTTPRequestHead, on connection: HTTPConnection)
    /// Answers, or takes over, a request under its path.
    func handle(_ exchange: HTTPExchange)
    /// The body of a request under its path was too large to be taken, and is answered with 413.
    func refusedBody(of head: HTTPRequestHead, from peer: SocketAddress)
    /// Adds to an answer what pages of other sites need to read it.
    func decorate(_ response: inout HTTPResponse, for head: HTTPRequestHead)
    /// What the command line says about it.
    func apply(_ options: LaunchOptions)
    /// The app is closing: ends its own connections in order.
    func shutDown()
    /// Whether nothing is left to be said to a client.
    var isQuiet: Bool { get }
    /// The time for that is over.
    func stop()
}

/// An HTTP server: routes, static pages, WebSockets, and whatever is mounted on it.
///
/// `let app = App(pages: "step1")`, `app.get("/hello") { _ in .text("hello") }`, `app.run()`
public final class App: HTTPService, DeadlineSource {
    /// Milliseconds that `close` waits for connections to end in order.
    package var closeTime = 500

    var httpLimits = HTTPLimits()
    package var httpTimes = HTTPTimes()
    /// What can be set about these three stands in AppOptions.swift.
    var webSocketLimits = WebSocketLimits()
    let webSocketHeartbeat = WebSocketHeartbeat()
    var hostCheck = HostCheck()
    /// Which other sites' pages may open the WebSockets of `webSocket`; nil: none.
    public var webSocketCORS: (any CrossOriginPolicy)?
    /// Chooses one of the subprotocols that a client offers, for every WebSocket of this app,
    /// Socket.IO's included; nil: none of them. Unless it is set, the first one is taken.
    public var handleProtocols: (([String], Request) -> String?)?
    /// How many connections it takes.
    public var connectionLimits = ConnectionLimits()
    var admission = Admission()
    /// Where it listens; see Listening.swift.
    var listeners: [TCPListener] = []
    private(set) var services: [(prefix: [UInt8], service: any MountedService)] = []
    private var routes = Routes()
    private let pagesFolder: String?
    private let publicFolder: URL?
    private let shared: Set<String>
    private var pages: Pages?
    var isClosed = false
    var connections: [ObjectIdentifier: HTTPConnection] = [:]
    var webSockets: [ObjectIdentifier: WebSocketConnection] = [:]
    private var date: (second: Int, text: String) = (0, "")
    package private(set) var nextDeadline: Int?

    /// An app. With `pages`, `GET /` serves `Public/<pages>/index.html`, and every other path a
    /// file in that folder; of `Public` itself, which holds the folders of several pages, only the
    /// files that are named in `sharing`. The folder `Public` is looked for, unless `folder` says
    /// which folder takes its place.
    public init(
        pages: String? = nil, in folder: URL? = nil,
        sharing shared: Set<String> = ["chat.css", "icon.svg"]
    ) {
        pagesFolder = pages
        publicFolder = folder
        self.shared = shared
        EventLoop.shared.add(self)
    }

    // MARK: - Routes

    /// Answers `GET path` (and HEAD) with what `handler` returns. An error it throws becomes 500.
    public func get(_ path: String, _ handler: @escaping (Request) throws -> Response) {
        routes.add("GET", path, .sync(handler))
    }

    /// Answers `GET path` (and HEAD) with what `handler` returns, after its awaits.
    public func get(
        _ path: String, _ handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        routes.add("GET", path, .async(handler))
    }

    /// Answers `POST path` with what `handler` returns. An error it throws becomes 500.
    public func post(_ path: String, _ handler: @escaping (Request) throws -> Response) {
        routes.add("POST", path, .sync(handler))
    }

    /// Answers `POST path` with what `handler` returns, after its awaits.
    public func post(
        _ path: String, _ handler: @escaping @MainActor (Request) async throws -> Response
    ) {
        routes.add("POST", path, .async(handler))
    }

    /// Opens a WebSocket for each client that asks for one at `path`. Here as in all routes, `*` is
    /// any path that has no route of its own, and no file.
    public func webSocket(_ path: String, _ handler: @escaping (WebSocketConnection) -> Void) {
        routes.add("GET", path, .webSocket(handler))
    }

    /// Gives all paths that begin with `prefix` to a service.
    func mount(_ service: any MountedService, at prefix: String) {
        services.append((Array(prefix.utf8), service))
    }

    // MARK: - Requests

    /// A client has connected.
    func accepted(_ stream: TCPStream) {
        let open = connections.count + webSockets.count
        guard admission.enter(stream.peer, open: open, connectionLimits) else {
            return stream.abort()
        }
        if connectionLimits.perAddress != nil {
            stream.whenClosed = { [weak self] in self?.admission.leave($0) }
        }
        let connection = HTTPConnection(stream: stream, service: self)
        connections[ObjectIdentifier(connection)] = connection
        if nextDeadline == nil { nextDeadline = EventLoop.shared.now &+ httpTimes.sweep }
    }

    private func service(for head: HTTPRequestHead) -> (any MountedService)? {
        services.first { head.rawPath.starts(with: $0.prefix) }?.service
    }

    func bodyArrives(for head: HTTPRequestHead, on connection: HTTPConnection) {
        service(for: head)?.bodyArrives(for: head, on: connection)
    }

    func handle(_ exchange: HTTPExchange) {
        let head = exchange.request.head
        guard hostCheck.accepts(head) else { return exchange.respond(hostCheck.refusal(of: head)) }
        if let service = service(for: head) { return service.handle(exchange) }
        var match = routes.match(head.method, head.path)
        if case .notFound = match {
            if let page = page(head) { return exchange.respond(page) }
            match = routes.match(head.method, "*")
        }
        switch match {
        case .found(let handler): run(handler, exchange)
        case .wrongMethod(let allowed): exchange.respond(.methodNotAllowed(allowed))
        case .notFound: exchange.respond(.status(.notFound))
        }
    }

    func refusedBody(of head: HTTPRequestHead, from peer: SocketAddress) {
        service(for: head)?.refusedBody(of: head, from: peer)
    }

    func decorate(_ refusal: inout HTTPResponse, for head: HTTPRequestHead) {
        service(for: head)?.decorate(&refusal, for: head)
    }

    private func run(_ handler: RouteHandler, _ exchange: HTTPExchange) {
        let request = Request(exchange.request, peer: exchange.peer)
        switch handler {
        case .sync(let answer):
            exchange.respond(Self.response { try answer(request) })
        case .async(let answer):
            Task {
                do {
                    exchange.respond(try await answer(request))
                } catch {
                    exchange.respond(Self.response { throw error })
                }
            }
        case .webSocket(let opened):
            guard Origin.isAllowed(request.head, webSocketCORS) else {
                Origin.logRefusal(of: request.head, option: "App.webSocketCORS")
                return exchange.respond(.status(.forbidden))
            }
            guard let pending = upgrade(exchange, limits: webSocketLimits) else { return }
            pending.connection.subprotocol = pending.subprotocol
            webSocketHeartbeat.watch(pending.connection)
            opened(pending.connection)
            pending.start()
        }
    }

    /// A handler that throws is the program's mistake: the log has it, the client a 500.
    private static func response(_ answer: () throws -> Response) -> Response {
        do {
            return try answer()
        } catch {
            Log.write("a route failed: \(error)")
            return .status(.internalServerError)
        }
    }

    /// The file for a path, if there is one. Who asks for a WebSocket wants none.
    private func page(_ head: HTTPRequestHead) -> Response? {
        guard !OpeningHandshake.isRequested(by: head),
            let page = pages?.response(
                forPath: head.path, ifNoneMatch: head.fields["If-None-Match"])
        else { return nil }
        guard head.hasMethod("GET") || head.hasMethod("HEAD") else {
            return .methodNotAllowed(Routes.allowed(["GET"]))
        }
        return page
    }

    /// Finds the folder of the pages. Throws when there is none.
    func openPages() throws {
        guard let pagesFolder, pages == nil else { return }
        let root = try publicFolder ?? PublicFolder.find()
        let pages = Pages(root: root, folder: pagesFolder, shared: shared)
        if let problem = pages.problem { Log.write(problem) }
        self.pages = pages
    }

    // MARK: - Time

    var dateField: String {
        let second = calendarMilliseconds() / 1000
        if second != date.second { date = (second, HTTPDate.string(secondsSince1970: second)) }
        return date.text
    }

    package func deadlinePassed(at now: Int) {
        for connection in connections.values {
            if let deadline = connection.deadline, deadline <= now { connection.timedOut() }
        }
        nextDeadline = connections.isEmpty ? nil : now &+ httpTimes.sweep
    }

    func ended(_ connection: HTTPConnection) {
        connections[ObjectIdentifier(connection)] = nil
    }
}
