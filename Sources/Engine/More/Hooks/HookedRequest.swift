// One request on its way past the hooks of `io.engine`, and its answer on the way back.
// In: an exchange. Out: the same, served or refused; fields in its answer.
// Next: EngineHooks.swift.

import EngineBytes
import EngineIOWire
import HTTPWire
import EngineSockets

/// A request, and what the hooks have to say about its answer.
final class HookedRequest: AnswerDecoration, ExchangeObserver {
    private static let longestID = 256

    private let request: Request
    // The exchange holds this as its decoration.
    private weak var exchange: HTTPExchange?
    private let hooks: EngineHooks
    private let server: EngineIOServer
    /// What middlewares have added.
    private var fields = HTTPFields()
    /// Whether the client sends no more, or has gone, while a middleware is asked.
    private var isAborted = false
    /// The session that it opens.
    private var sid: String?

    init(_ exchange: HTTPExchange, _ hooks: EngineHooks, _ server: EngineIOServer) {
        request = exchange.request
        self.exchange = exchange
        self.hooks = hooks
        self.server = server
    }

    func decorate(_ response: inout HTTPResponse) {
        for line in fields.lines { response.fields.add(line.name, line.value) }
        let isOpened = response.status == .ok || response.status == .switchingProtocols
        hooks.decorate(&response, for: request, opening: isOpened ? sid : nil)
    }

    // MARK: - Middlewares

    /// Asks one after the other, then has the request served.
    func ask(_ middlewares: ArraySlice<EngineHooks.RequestMiddleware>) {
        var rest = middlewares
        while let middleware = rest.popFirst() {
            switch middleware {
            case .sync(let ask):
                do { try ask(request, &fields) } catch { return refuse(error) }
            case .async(let ask):
                exchange?.observer = self
                Task { [rest] in
                    do {
                        var more = HTTPFields()
                        try await ask(request, &more)
                        for line in more.lines { fields.add(line.name, line.value) }
                    } catch {
                        return refuse(error)
                    }
                    guard !isGivenUp else { return answer(.badRequest, [:]) }
                    self.ask(rest)
                }
                return
            }
        }
        if let exchange { server.serve(exchange) }
    }

    func exchangeAborted(_ exchange: HTTPExchange) { isAborted = true }

    /// A poll that the client has given up must not take its session's packets. Other requests
    /// may end with the client's last byte, and be answered all the same.
    private var isGivenUp: Bool {
        let isPoll = request.head.hasMethod("GET") && request.query["sid"]?.isEmpty == false
        return exchange?.isOpen != true || isAborted && isPoll
    }

    private func refuse(_ error: any Error) {
        guard let refusal = error as? EngineRefusal else {
            Log.write("a middleware of io.engine refused \(request.head.target): \(error)")
            let context = ["name": "MIDDLEWARE_FAILURE", "message": "\(error)"]
            return answer(.forbidden, context)
        }
        var response = refusal.response
        server.decorate(&response, for: request.head)
        exchange?.respond(response)
    }

    private func answer(_ error: EngineIOError, _ context: [String: String]) {
        if !context.isEmpty { hooks.report(error, request, context) }
        if let exchange { server.answer(exchange, error) }
    }

    // MARK: - The session's id

    /// Makes an id, now or later, and opens the session with it.
    func makeID(_ generator: EngineHooks.Generator?, _ transport: Transport) {
        switch generator {
        case nil: open(RandomID.next(), transport)
        case .sync(let make):
            do { open(try make(request), transport) } catch { refuseID("\(error)") }
        case .async(let make):
            Task { [exchange] in
                do {
                    let id = try await make(request)
                    if exchange?.isOpen == true { open(id, transport) }
                } catch {
                    refuseID("\(error)")
                }
            }
        }
    }

    private func open(_ id: String, _ transport: Transport) {
        guard (1...Self.longestID).contains(id.utf8.count), id.utf8.allSatisfy(\.isUnreserved)
        else { return refuseID("\(id) is not 1 to \(Self.longestID) of A-Z a-z 0-9 - . _ ~") }
        guard server.sessions[id] == nil else { return refuseID("\(id) is in use") }
        sid = id
        if let exchange { server.open(exchange, transport, sid: id) }
    }

    private func refuseID(_ reason: String) {
        Log.write("generateID gave no id for a session: \(reason)")
        answer(.badRequest, ["name": "ID_GENERATION_ERROR", "message": reason])
    }
}

extension UInt8 {
    /// Whether a character means itself in a URL. Spec: RFC 3986 §2.3
    fileprivate nonisolated var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: isDigit
        }
    }
}
