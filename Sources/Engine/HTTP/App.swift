// What a stage begins with: routes, pages and protocols on one port.
// In: connections. Out: an answer to each request, by a route, a file or Engine.IO.
// Next: HTTPConnection.swift (one client); EngineIO/EngineIOServer.swift; in Program
// Listening.swift (`listen`), Run.swift (`run`) and Pages.swift; in More Ending/Closing.swift
// (`close`), Requests/MoreRoutes.swift (`post`), Access/HostCheck.swift.

import EngineSockets
import Foundation
import HTTPWire

/// Answers a request, now or later, by `exchange.respond`.
typealias RouteHandler = (HTTPExchange) -> Void

/// An HTTP server: routes, static pages, WebSockets, and whatever is mounted on it.
///
/// `let app = App(pages: "step1")`, `app.get("/hello") { _ in .text("hello") }`, `app.run()`
public final class App: DeadlineSource {
    // No two accesses to what is unchecked here overlap: see EventLoop.

    /// How much a client may send in a request; for connections that are opened from then on.
    @exclusivity(unchecked) public var httpLimits = HTTPLimits()
    /// How long clients may take.
    @exclusivity(unchecked) public var httpTimes = HTTPTimes()
    /// Whether a new connection may stay; see More/Access/ConnectionLimits.swift.
    @exclusivity(unchecked) var admits: (TCPStream) -> Bool = { _ in true }
    /// What the folder More keeps with an app.
    @exclusivity(unchecked) var extras: AnyObject?

    /// By path, then by method.
    var routes: [String: [String: RouteHandler]] = [:]
    /// Each has all paths that begin with its prefix.
    @exclusivity(unchecked) var services: [(prefix: [UInt8], service: EngineIOServer)] = []
    private let findPages: () throws -> Pages?
    private var pages: Pages?
    /// Where it listens; see Listening.swift.
    var listeners: [TCPListener] = []
    @exclusivity(unchecked) var connections: [ObjectIdentifier: HTTPConnection] = [:]
    @exclusivity(unchecked) var webSockets: [ObjectIdentifier: WebSocketConnection] = [:]
    @exclusivity(unchecked) private var date: (second: Int, text: String) = (0, "")
    @exclusivity(unchecked) package private(set) var nextDeadline: Int?

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
        lineBufferStandardOutput()
        EventLoop.shared.add(self)
    }

    /// Finds the folder of the pages. Throws when there is none.
    func openPages() throws {
        guard pages == nil else { return }
        pages = try findPages()
        pages?.opened()
    }

    // MARK: - Routes

    /// Answers `GET path` (and HEAD) with what `handler` returns. An error it throws becomes 500.
    /// It is called on the main actor, where nothing else happens until it returns. As a path, `*`
    /// is any that has no route of its own, and no file.
    public func get(_ path: String, _ handler: @escaping @MainActor (Request) throws -> Response) {
        routes[path, default: [:]]["GET"] = { $0.respond(by: handler) }
        hasRoute(path)
    }

    /// What answers a request; nil: no route has this path. A HEAD is answered as a GET, whose body
    /// is left out later; a method that the path does not have, with 405.
    func route(_ method: String, _ path: String) -> RouteHandler? {
        guard let methods = routes[path] else { return nil }
        if let handler = methods[method] { return handler }
        if method == "HEAD", let handler = methods["GET"] { return handler }
        let allowed = methods.keys.sorted().flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }
        return { $0.respond(.methodNotAllowed(allowed)) }
    }

    // MARK: - Requests

    /// A client has connected.
    func accepted(_ stream: TCPStream) {
        guard admits(stream) else { return stream.abort() }
        let connection = HTTPConnection(stream: stream, app: self)
        connections[ObjectIdentifier(connection)] = connection
        guard nextDeadline == nil else { return }
        nextDeadline = EventLoop.shared.now &+ httpTimes.sweep
        EventLoop.shared.deadlinesChanged()
    }

    /// The Engine.IO server that a request's path belongs to.
    func service(for head: HTTPRequestHead) -> EngineIOServer? {
        // A loop: a closure would be asked for its actor at each request.
        let path = head.rawPath
        for (prefix, service) in services where path.starts(with: prefix) { return service }
        return nil
    }

    /// Has a request answered, now or later.
    func handle(_ exchange: HTTPExchange) {
        let head = exchange.request.head
        guard mayAnswer(exchange) else { return }
        if let service = service(for: head) { return service.handle(exchange) }
        if takes(exchange) { return }
        if let answer = route(head.method, head.path) { return answer(exchange) }
        if let page = page(head) { return exchange.respond(page) }
        if let answer = route(head.method, "*") { return answer(exchange) }
        exchange.respond(.status(.notFound))
    }

    /// The file for a path, if there is one; a request for a WebSocket wants none.
    private func page(_ head: HTTPRequestHead) -> Response? {
        guard let pages, !head.asksForWebSocket else { return nil }
        return pages.response(to: head, at: head.path).map { coded($0, for: head) }
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
