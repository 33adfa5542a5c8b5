// What a stage begins with: routes, pages and protocols on one port.
// In: connections. Out: an answer to each request, by a route, a file or a mounted protocol.
// Next: HTTPConnection.swift (one client), HostCheck.swift; in Program Listening.swift (`listen`,
// `close`), Run.swift (`run`) and Pages.swift; in More/Requests MoreRoutes.swift (`post`).

import EngineSockets
import Foundation
import HTTPWire
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

/// Answers a request, now or later, by `exchange.respond`.
typealias RouteHandler = (HTTPExchange) -> Void

/// The routes of an app: by path, then by method.
struct Routes {
    private var table: [String: [String: RouteHandler]] = [:]

    mutating func add(_ method: String, _ path: String, _ handler: @escaping RouteHandler) {
        table[path, default: [:]][method] = handler
    }

    /// What answers a request; nil: no route has this path. A HEAD is answered as a GET, whose body
    /// is left out later; a method that the path does not have, with 405.
    func handler(_ method: String, _ path: String) -> RouteHandler? {
        guard let methods = table[path] else { return nil }
        if let handler = methods[method] { return handler }
        if method == "HEAD", let handler = methods["GET"] { return handler }
        return { $0.respond(.methodNotAllowed(Routes.allowed(methods.keys.sorted()))) }
    }

    /// What the Allow field says: where there is GET, there is HEAD as well.
    static func allowed(_ methods: [String]) -> [String] {
        methods.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }
    }
}

/// An HTTP server: routes, static pages, WebSockets, and whatever is mounted on it.
///
/// `let app = App(pages: "step1")`, `app.get("/hello") { _ in .text("hello") }`, `app.run()`
public final class App: DeadlineSource {
    /// Milliseconds that `close` waits for connections to end in order.
    package var closeTime = 500

    var httpLimits = HTTPLimits()
    package var httpTimes = HTTPTimes()
    var hostCheck = HostCheck()
    /// Whether a new connection may stay; see More/Access/ConnectionLimits.swift.
    var admits: (TCPStream) -> Bool = { _ in true }
    /// Whether a client may open one more session now.
    var admitsSession: (SocketAddress) -> Bool = { _ in true }
    /// Chooses one of the subprotocols that a WebSocket client offers; nil: none of them.
    var chooseSubprotocol: ([String], Request) -> String? = { offered, _ in offered.first }
    /// What the folder More keeps with an app.
    var extras: AnyObject?

    var routes = Routes()
    private(set) var services: [(prefix: [UInt8], service: any MountedService)] = []
    private let findPages: () throws -> Pages?
    private var pages: Pages?
    /// Where it listens; see Listening.swift.
    var listeners: [TCPListener] = []
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
        findPages = {
            guard let pages else { return nil }
            return Pages(root: try folder ?? PublicFolder.find(), folder: pages, shared: shared)
        }
        EventLoop.shared.add(self)
    }

    /// Finds the folder of the pages. Throws when there is none.
    func openPages() throws {
        guard pages == nil else { return }
        pages = try findPages()
        if let problem = pages?.problem { Log.write(problem) }
    }

    // MARK: - Routes

    /// Answers `GET path` (and HEAD) with what `handler` returns. An error it throws becomes 500.
    /// It is called on the main actor, where nothing else happens until it returns. As a path, `*`
    /// is any that has no route of its own, and no file.
    public func get(_ path: String, _ handler: @escaping (Request) throws -> Response) {
        routes.add("GET", path) { $0.respond(by: handler) }
    }

    /// Gives all paths that begin with `prefix` to a service.
    func mount(_ service: any MountedService, at prefix: String) {
        services.append((Array(prefix.utf8), service))
    }

    // MARK: - Requests

    /// A client has connected.
    func accepted(_ stream: TCPStream) {
        guard admits(stream) else { return stream.abort() }
        let connection = HTTPConnection(stream: stream, app: self)
        connections[ObjectIdentifier(connection)] = connection
        if nextDeadline == nil { nextDeadline = EventLoop.shared.now &+ httpTimes.sweep }
    }

    /// The protocol that a request's path belongs to.
    func service(for head: HTTPRequestHead) -> (any MountedService)? {
        services.first { head.rawPath.starts(with: $0.prefix) }?.service
    }

    /// Has a request answered, now or later.
    func handle(_ exchange: HTTPExchange) {
        let head = exchange.request.head
        guard hostCheck.accepts(head) else { return exchange.respond(hostCheck.refusal(of: head)) }
        if let service = service(for: head) { return service.handle(exchange) }
        if let handler = routes.handler(head.method, head.path) { return handler(exchange) }
        if let page = page(head) { return exchange.respond(page) }
        if let handler = routes.handler(head.method, "*") { return handler(exchange) }
        exchange.respond(.status(.notFound))
    }

    /// The file for a path, if there is one; a request for a WebSocket wants none.
    private func page(_ head: HTTPRequestHead) -> Response? {
        guard let pages, !OpeningHandshake.isRequested(by: head) else { return nil }
        let page = pages.response(forPath: head.path, ifNoneMatch: head.fields["If-None-Match"])
        guard page == nil || head.hasMethod("GET") || head.hasMethod("HEAD") else {
            return .methodNotAllowed(Routes.allowed(["GET"]))
        }
        return page
    }

    /// A connection is over, or has become a WebSocket.
    func ended(_ connection: HTTPConnection) {
        connections[ObjectIdentifier(connection)] = nil
    }

    // MARK: - Time

    /// The current date as a field value.
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
}
