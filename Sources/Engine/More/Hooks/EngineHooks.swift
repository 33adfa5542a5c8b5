// `io.engine`: what a program can do below Socket.IO, at every HTTP request under the path.
// In: closures and a cookie. Out: calls of them, in the reference's places.
// Next: HookedRequest.swift (one request), EngineConnectionError.swift; the core calls through
// EngineIO/EngineIOHooks.swift.

import EngineIOWire
import HTTPWire
import EngineSockets

/// Thrown by a middleware of `io.engine` to answer a request with a response of its own.
public nonisolated struct EngineRefusal: Error {
    /// The answer.
    public let response: HTTPResponse

    /// Answers with `response`, whatever its status is.
    public init(_ response: HTTPResponse) { self.response = response }
}

/// What a program can do at every HTTP request of a Socket.IO server: the reference's `io.engine`.
public final class EngineHooks {
    /// Adds fields to an answer that is otherwise complete.
    public typealias FieldsHook = @MainActor (inout HTTPFields, Request) -> Void

    enum RequestMiddleware {
        case sync(@MainActor (Request, inout HTTPFields) throws -> Void)
        case async(@MainActor (Request, inout HTTPFields) async throws -> Void)
    }

    enum Generator {
        case sync(@MainActor (Request) throws -> String)
        case async(@MainActor (Request) async throws -> String)
    }

    /// The cookie that names the session, sent with the answer that opens it; nil: none.
    public var cookie: SessionCookie?
    private weak var server: EngineIOServer?
    private(set) var middlewares: [RequestMiddleware] = []
    private(set) var generator: Generator?
    private var initialHeaders: [FieldsHook] = []
    private var headers: [FieldsHook] = []
    private var errorHandlers: [(EngineConnectionError) -> Void] = []

    init(server: EngineIOServer) { self.server = server }

    /// How many clients are connected, in whatever namespaces, or in none yet.
    public var clientsCount: Int { server?.clientsCount ?? 0 }

    // MARK: - Settings

    /// Asks `middleware` about every request under the path, in the order in which they were set:
    /// handshakes, polls, POSTs and upgrades; not about the client's script, nor about a browser's
    /// CORS question unless `preflightContinue` is set. What it adds to the fields goes into the
    /// answer. An error refuses the request: an `EngineRefusal` with its response, any other with
    /// 403 and code 4. (The reference answers the latter with 400 and code 3.)
    public func use(_ middleware: @escaping @MainActor (Request, inout HTTPFields) throws -> Void) {
        middlewares.append(.sync(middleware))
    }

    /// The same, with awaits: the request waits meanwhile.
    public func use(
        _ middleware: @escaping @MainActor (Request, inout HTTPFields) async throws -> Void
    ) {
        middlewares.append(.async(middleware))
    }

    /// Calls `hook` before the first answer of each session, a poll's 200 or a WebSocket's 101, and
    /// before those of `onHeaders`. As `initial_headers` in the reference.
    public func onInitialHeaders(_ hook: @escaping FieldsHook) { initialHeaders.append(hook) }

    /// Calls `hook` before each answer, the 101 of a WebSocket and refusals included. As `headers`
    /// in the reference, which leaves refusals out.
    public func onHeaders(_ hook: @escaping FieldsHook) { headers.append(hook) }

    /// Calls `make` for the id of each new session. It has to be unguessable, since with it one can
    /// speak in the client's name; of 1 to 256 characters `A-Z a-z 0-9 - . _ ~`; and not in use.
    /// Any other, or an error, is answered with 400 and code 3, with a line in the log.
    public func generateID(_ make: @escaping @MainActor (Request) throws -> String) {
        generator = .sync(make)
    }

    /// The same, with awaits.
    public func generateID(_ make: @escaping @MainActor (Request) async throws -> String) {
        generator = .async(make)
    }

    /// Calls `handler` for each request that is refused. As `connection_error` in the reference.
    public func onConnectionError(_ handler: @escaping @MainActor (EngineConnectionError) -> Void) {
        errorHandlers.append(handler)
    }

    // MARK: - For one request

    func decorate(_ response: inout HTTPResponse, for request: Request, opening sid: String?) {
        if let sid {
            if let cookie = cookie?.field(sid: sid) { response.fields.add("Set-Cookie", cookie) }
            for hook in initialHeaders { hook(&response.fields, request) }
        }
        for hook in headers { hook(&response.fields, request) }
    }

    func report(_ error: EngineIOError, _ request: Request, _ context: [String: String]) {
        guard !errorHandlers.isEmpty else { return }
        let report = EngineConnectionError(
            request: request, code: error.code, message: error.rawValue, context: context)
        for handler in errorHandlers { handler(report) }
    }

    /// Whether anything wants to hear of refusals.
    var hearsRefusals: Bool { !errorHandlers.isEmpty }
}

extension EngineIOServer {
    /// What the program has set, if it has set anything.
    var hooks: EngineHooks? { extras.flatMap { $0 as? EngineHooks } }

    /// A browser's question about another site's page comes before all hooks.
    func mayServe(_ exchange: HTTPExchange) -> Bool {
        let head = exchange.request.head
        if head.hasMethod("OPTIONS"), let answer = options.cors?.preflight(for: head) {
            exchange.respond(answer)
            return false
        }
        guard let hooks else { return true }
        let hooked = HookedRequest(exchange, hooks, self)
        exchange.decoration = hooked
        hooked.ask(hooks.middlewares[...])
        return false
    }

    func mayOpen(_ exchange: HTTPExchange, _ transport: Transport) -> Bool {
        let request = exchange.request
        guard app.admitsSession(of: request.peer), app.admitsBehindProxy(request) else {
            app.observers?.tell { $0.refused(.sessionLimit, exchange.request.address) }
            answer(exchange, .status(.tooManyRequests))
            return false
        }
        guard let allowRequest = options.allowRequest else {
            return mayOpenAllowed(exchange, transport)
        }
        Task {
            guard await isAllowed(request, by: allowRequest) else {
                return refuse(.forbidden, exchange)
            }
            if mayOpenAllowed(exchange, transport) { open(exchange, transport) }
        }
        return false
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

    /// Hooks that were set after the request had come know nothing of it.
    private func mayOpenAllowed(_ exchange: HTTPExchange, _ transport: Transport) -> Bool {
        guard let hooks, let hooked = exchange.decoration as? HookedRequest else { return true }
        hooked.makeID(hooks.generator, transport)
        return false
    }

    func refused(_ error: EngineIOError, _ exchange: HTTPExchange) {
        app.observers?.tell {
            $0.refused(error == .forbidden ? .forbidden : .badRequest, exchange.request.address)
        }
        let request = exchange.request
        if error == .badRequest, request.head.hasMethod("POST"),
            request.head.fields["Content-Type"] == "application/octet-stream"
        {
            Log.write(
                "a POST of application/octet-stream was refused with 400: in Engine.IO 4 "
                    + "binary data goes as base64, behind a b (\(request.address))")
        }
        guard let hooks, hooks.hearsRefusals else { return }
        hooks.report(error, request, EngineConnectionError.context(of: error, request.head, self))
    }

    /// The program and the log hear the reason.
    func refusedBody(of head: HTTPRequestHead, from peer: SocketAddress) {
        let most = options.maxHttpBufferSize
        let length = head.fields["Content-Length"]
        Log.write(
            "a \(head.method) of \(length.map { "\($0) bytes" } ?? "too many bytes") to "
                + "\(options.path) was refused with 413: at most \(most) are taken, base64 "
                + "counted as it is (SocketServerOptions.maxHttpBufferSize)")
        var context = ["name": "BODY_TOO_LARGE", "limit": "\(most)"]
        context["length"] = length
        hooks?.report(.badRequest, Request(head: head, body: [], peer: peer), context)
    }
}

extension SocketServer {
    /// What can be done below Socket.IO: `io.engine.use { request, fields in … }`.
    public var engine: EngineHooks {
        if let hooks = engineIO.hooks { return hooks }
        let hooks = EngineHooks(server: engineIO)
        engineIO.extras = hooks
        return hooks
    }
}
